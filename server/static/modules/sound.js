// What a screen lets be heard: a chime and recorded clips, through the browser's audio graph.

const CHIME = [
  { hertz: 880, at: 0, seconds: 0.9 },
  { hertz: 659.25, at: 0.32, seconds: 1.3 },
];
const CHIME_VOLUME = 0.35;
// A sound card that stopped answering must not hold up the calls after this one.
const OVERRUN_MS = 1_500;

export class Speaker {
  #context = new AudioContext();
  #master = new GainNode(this.#context);
  #sounding = new Set();

  constructor() {
    this.#master.connect(this.#context.destination);
    this.#context.addEventListener("statechange", () => this.onchange?.());
    for (const gesture of ["pointerdown", "keydown"]) {
      window.addEventListener(gesture, () => this.#context.resume());
    }
  }

  /** Whether the browser lets us be heard; otherwise somebody must touch the page first. */
  get allowed() {
    return this.#context.state === "running";
  }

  /** How loud everything is from now on, in per cent. */
  set volume(percent) {
    this.#master.gain.value = percent / 100;
  }

  /** Ding-dong; resolves when it has sounded. */
  async chime() {
    const start = this.#context.currentTime + 0.03;
    const tones = CHIME.map((tone) => this.#tone(tone, start));
    await this.#ended(tones[tones.length - 1], CHIME[CHIME.length - 1].seconds + 0.35);
  }

  /** Play a recorded sound (the bytes of a WAV file); resolves when it has sounded. */
  async play(bytes) {
    const source = this.#context.createBufferSource();
    source.buffer = await this.#context.decodeAudioData(bytes);
    source.connect(this.#master);
    source.start();
    await this.#ended(source, source.buffer.duration);
  }

  /** Stop what is being heard: its promise resolves at once. */
  hush() {
    for (const source of this.#sounding) source.stop();
  }

  #tone({ hertz, at, seconds }, start) {
    const tone = new OscillatorNode(this.#context, { type: "sine", frequency: hertz });
    const volume = new GainNode(this.#context, { gain: 0 });
    volume.gain.setValueAtTime(0, start + at);
    volume.gain.linearRampToValueAtTime(CHIME_VOLUME, start + at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.001, start + at + seconds);
    tone.connect(volume).connect(this.#master);
    tone.start(start + at);
    tone.stop(start + at + seconds);
    return tone;
  }

  #ended(source, seconds) {
    this.#sounding.add(source);
    return new Promise((done) => {
      source.onended = done;
      setTimeout(done, seconds * 1000 + OVERRUN_MS);
    }).finally(() => this.#sounding.delete(source));
  }
}
