import { screen } from '../../shell/page';

screen('account/points/points');
