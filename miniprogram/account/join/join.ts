import { screen } from '../../shell/page';

screen('account/join/join');
