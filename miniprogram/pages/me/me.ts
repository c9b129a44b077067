import { screen } from '../../shell/page';

screen('pages/me/me', '/me');
