import { screen } from '../../shell/page';

screen('reserve/reservation/reservation');
