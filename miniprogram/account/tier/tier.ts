import { screen } from '../../shell/page';

screen('account/tier/tier');
