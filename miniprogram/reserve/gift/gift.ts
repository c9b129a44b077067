import { screen } from '../../shell/page';

screen('reserve/gift/gift');
