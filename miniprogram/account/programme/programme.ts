import { screen } from '../../shell/page';

screen('account/programme/programme');
