// Taps. A DOM click is one, whether a finger, a mouse or a keyboard made it. WeChat opens some doors only while a tap is being handled.
import * as glassEasel from 'glass-easel';

let handling = false;

/** True as long as the handlers of a tap run, and not a moment longer. */
export const isTapping = () => handling;

/** Fires `type` on the node an element of the DOM stands for. */
export const fire = (element, type, detail = {}, options = {}) =>
  glassEasel.triggerEvent(element.__wxElement, type, detail, { bubbles: false, composed: false, ...options });

/** The nearest element that belongs to a page or component. */
export function nodeOf(target) {
  let element = target;
  while (element && !element.__wxElement) element = element.parentNode;
  return element;
}

export function listenForTaps() {
  document.addEventListener('click', (event) => {
    const element = nodeOf(event.target);
    if (!element || element.closest('wx-button[disabled]')) return;
    handling = true;
    try {
      fire(element, 'tap', { x: event.clientX, y: event.clientY }, { originalEvent: event, bubbles: true, composed: true, capturePhase: true });
    } finally {
      handling = false;
    }
  }, { capture: true });
}

/** What of an event reaches a page's code: plain values, no node. */
export function plainEvent(event) {
  if (!(event instanceof glassEasel.Event)) return event;
  const plain = (node) => ({ id: node.id ?? '', dataset: JSON.parse(JSON.stringify(node.dataset ?? {})), offsetLeft: 0, offsetTop: 0 });
  return { type: event.type, timeStamp: event.timeStamp, target: plain(event.target), currentTarget: plain(event.currentTarget), detail: event.detail, mark: event.mark ?? {} };
}
