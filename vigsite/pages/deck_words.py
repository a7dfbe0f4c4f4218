"""What the deck says: its buttons, its help, the speaker window. Scripts get them as JSON."""

from __future__ import annotations

from vigsite.pages.words import Words


def deck_words(words: Words) -> dict[str, str]:
    """Every word of the deck's controls, by the name that template and scripts know it by.

    What stands in braces is filled in by the deck.
    """
    _ = words.translations.gettext
    return {
        **_moments(words),
        **_film(words),
        **_picture(words),
        "help": _("Keys and touch"),
        "close": _("Close"),
        "more": _("More tools"),
        "blank": _("Blank screen"),
        "show": _("Show the picture again"),
        "screen": _("Screen"),
        "full": _("Full screen"),
        "pages": _("Back to the pages"),
        "escape": _("Put the last tool away"),
        "touch": _("By touch"),
        "tap": _("Tap"),
        "tap_twice": _("Tap twice"),
        "swipe_side": _("Swipe sideways"),
        "swipe_up": _("Swipe up"),
        "swipe_down": _("Swipe down"),
        "two_fingers": _("Two fingers"),
        "mouse_wheel": _("Mouse wheel"),
        "speaker": _("Speaker window"),
        "speaker_refused": _(
            "The speaker window was not opened. Allow pop-ups for this page, then press W."
        ),
        "speaker_again": _("Press W to open the speaker window again."),
        "now": _("Now"),
        "coming": _("Next"),
        "coming_none": _("This is the last moment."),
        "on_screen": _("On the screen"),
        "not_yet": _("Not shown yet"),
        "clock": _("Time"),
        "elapsed": _("Since the start"),
        "restart": _("Start from 0:00"),
    }


def _moments(words: Words) -> dict[str, str]:
    _ = words.translations.gettext
    return {
        "moments": _("Moments"),
        "moment": _("Moment {number} of {count}"),
        "pair": _("Moments {one} and {other}"),
        "told": _("Moment {number}: {title}"),
        "told_picture": _("Moment {number}, picture {picture} of {pictures}: {title}"),
        "previous": _("Previous moment"),
        "next": _("Next moment"),
        "first": _("First moment"),
        "last": _("Last moment"),
        "all": _("All moments"),
        "beside": _("Side by side"),
        "choose": _("Which moment shall stand beside it?"),
        "other": _("Over to the other one"),
        "both": _("Play both, one without sound"),
        "reveal": _("Show more"),
        "hide": _("Hide again"),
        "words": _("Words for this moment"),
    }


def _film(words: Words) -> dict[str, str]:
    _ = words.translations.gettext
    return {
        "film": _("Film"),
        "place": _("Place in the clip"),
        "frame": _("Frame {number}"),
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("One frame back"),
        "on": _("One frame on"),
        "second_back": _("One second back"),
        "second_on": _("One second on"),
        "hold": _("Hold these keys to move through the film."),
        "slower": _("Slower"),
        "faster": _("Faster"),
        "normal": _("Normal speed"),
        "speed": _("Speed {speed}"),
        "loop_from": _("Repeat from here"),
        "loop_to": _("Repeat up to here"),
        "loop_off": _("Stop repeating"),
        "subtitles": _("Subtitles"),
    }


def _picture(words: Words) -> dict[str, str]:
    _ = words.translations.gettext
    return {
        "picture": _("Picture"),
        "closer": _("Closer"),
        "further": _("Further away"),
        "move": _("Move the picture when close"),
        "whole": _("Whole picture"),
        "single": _("One picture of several"),
        "enlarge": _("Make it large: {name}"),
        "spot": _("Spotlight"),
        "spot_move": _("Move the spotlight"),
        "spot_bigger": _("Spotlight bigger"),
        "spot_smaller": _("Spotlight smaller"),
    }
