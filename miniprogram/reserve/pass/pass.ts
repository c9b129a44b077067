import { screen } from '../../shell/page';

screen('reserve/pass/pass');
