// scroll-view: scrolls what does not fit, in the directions it is told.
export const scrollView = (element) => ({
  set: {
    'scroll-x': (scrolls) => { element.style.overflowX = scrolls ? 'auto' : 'hidden'; },
    'scroll-y': (scrolls) => { element.style.overflowY = scrolls ? 'auto' : 'hidden'; },
    'scroll-top': (top) => { element.scrollTop = Number(top); },
    'scroll-left': (left) => { element.scrollLeft = Number(left); },
    'scroll-into-view': (id) => { if (id) setTimeout(() => element.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView({ block: 'nearest', inline: 'start' })); },
  },
  inert: ['scroll-with-animation', 'enable-flex', 'enhanced', 'show-scrollbar', 'bounces', 'paging-enabled', 'scroll-anchoring', 'fast-deceleration', 'type'],
});
