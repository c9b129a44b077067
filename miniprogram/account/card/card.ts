import { screen } from '../../shell/page';

screen('account/card/card');
