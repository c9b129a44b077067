import { screen } from '../../shell/page';

screen('pages/reservations/reservations', '/reservations');
