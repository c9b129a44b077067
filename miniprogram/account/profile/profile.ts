import { screen } from '../../shell/page';

screen('account/profile/profile');
