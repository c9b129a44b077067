import { screen } from '../../shell/page';

screen('account/preferences/preferences');
