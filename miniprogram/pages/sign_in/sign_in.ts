import { screen } from '../../shell/page';

screen('pages/sign_in/sign_in');
