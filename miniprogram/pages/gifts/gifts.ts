import { screen } from '../../shell/page';

screen('pages/gifts/gifts', '/gifts');
