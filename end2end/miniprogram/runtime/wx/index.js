// `wx`, as a page sees it. What is not here is undefined for it, as it is on a phone that does not have it.
import { device } from './device.js';
import { glass } from './glass.js';
import { person } from './person.js';
import { request } from './request.js';
import { routes } from './routes.js';
import { storage } from './storage.js';
import { system } from './system.js';

export const wx = { ...routes, ...storage, ...system, ...glass, ...person, ...device, request };

/** `button.open-type.share` asks for a component; the harness has those that its pages use. */
wx.canIUse = (schema) => schema.split('.')[0] in wx;

Object.freeze(wx);
