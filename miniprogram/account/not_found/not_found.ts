import { screen } from '../../shell/page';

screen('account/not_found/not_found');
