import { screen } from '../../shell/page';

screen('reserve/move/move');
