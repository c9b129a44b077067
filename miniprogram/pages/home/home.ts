import { screen } from '../../shell/page';

screen('pages/home/home', '/');
