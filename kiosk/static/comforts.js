// What makes the kiosk easier for one person: language, large type, contrast, the voice.

import { highContrast, setHighContrast } from "../modules/contrast.js";
import { elderMode, setElderMode } from "../modules/elder.js";
import { language, pageLanguage, setLanguage } from "../modules/i18n.js";
import { promptsOn, setPrompts } from "./prompts.js";

export class Comforts {
  #changed;
  #speak;

  /** `changed()` is called after each switch, `speak()` when the voice was switched on. */
  constructor({ changed, speak }) {
    this.#changed = changed;
    this.#speak = speak;
  }

  get language() {
    return language();
  }

  get elder() {
    return elderMode();
  }

  get contrast() {
    return highContrast();
  }

  get prompts() {
    return promptsOn();
  }

  /** Whether everything is as the next person finds it. */
  get untouched() {
    return language() === pageLanguage && !elderMode() && !highContrast() && !promptsOn();
  }

  setLanguage(code) {
    setLanguage(code);
    this.#changed();
  }

  /** Large type; who needs it is often helped by the voice too. */
  toggleElder() {
    setElderMode(!elderMode());
    this.#voice(elderMode());
  }

  toggleContrast() {
    setHighContrast(!highContrast());
    this.#changed();
  }

  togglePrompts() {
    this.#voice(!promptsOn());
  }

  /** As the next person finds it. */
  reset() {
    setLanguage(pageLanguage);
    setElderMode(false);
    setHighContrast(false);
    setPrompts(false);
  }

  #voice(on) {
    const begins = on && !promptsOn();
    setPrompts(on);
    if (begins) this.#speak();
    this.#changed();
  }
}
