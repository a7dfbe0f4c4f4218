'use strict';
/**
 * Holds the deck and loads it again when it was rebuilt. The deck's own pages may ask for nothing
 * (their policy forbids it) and are the ones that are handed on, so the asking is done out here.
 */
{
  const frame = document.querySelector('iframe');
  if (frame instanceof HTMLIFrameElement) {
    /** @type {string | undefined} */
    let seen;

    // the place that was asked for; the deck keeps its own from then on
    if (location.hash) frame.contentWindow?.location.replace(`deck.html${location.hash}`);
    const enter = () => frame.contentWindow?.focus();
    const entered = () => {
      const page = frame.contentDocument;
      if (page?.title) document.title = frame.title = page.title;
      if (page) document.documentElement.lang = page.documentElement.lang;
      enter();
    };
    frame.addEventListener('load', entered);
    addEventListener('focus', enter); // keys are for the deck
    if (frame.contentDocument?.readyState === 'complete') entered();

    new EventSource('changes').addEventListener('message', (told) => {
      if (seen !== undefined && seen !== told.data) frame.contentWindow?.location.reload();
      seen = told.data;
    });
  }
}
