// Where to go.
import { later } from './api.js';
import { back, inTurn, navigate, redirect, relaunch, switchTab } from '../stack.js';

export const routes = {
  navigateTo: later('navigateTo', ({ url }) => inTurn(() => navigate(url))),
  redirectTo: later('redirectTo', ({ url }) => inTurn(() => redirect(url))),
  navigateBack: later('navigateBack', ({ delta = 1 }) => inTurn(() => back(delta))),
  switchTab: later('switchTab', ({ url }) => inTurn(() => switchTab(url))),
  reLaunch: later('reLaunch', ({ url }) => inTurn(() => relaunch(url))),
};
