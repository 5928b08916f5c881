// The kiosk: choose a category, choose a service, have a number. Ready for the next person after.

import { html, nothing } from "../vendor/lit.js";
import { Problem, Unreachable, snapshotLoader } from "../modules/api.js";
import { HallElement } from "../modules/element.js";
import { Feed } from "../modules/feed.js";
import { t } from "../modules/i18n.js";
import { link, linkIsUp } from "../modules/link.js";
import "../modules/link-status.js";
import { RELOAD_WANTED } from "../modules/page.js";
import { listenForScans } from "../modules/wedge.js";
import { beforeScreen, needsWord } from "./before.js";
import { Typed, checkIn, checkInScreen } from "./checking.js";
import { Comforts } from "./comforts.js";
import { Countdown } from "./countdown.js";
import { namingScreen } from "./naming.js";
import { ignoreDoubleTaps } from "./double-tap.js";
import { header } from "./header.js";
import { IdleWatch, idleScreen, keepTurning } from "./idle.js";
import { tellMaterials, toldScreen } from "./noticing.js";
import { say } from "./prompts.js";
import { paperNotice } from "./paper.js";
import { returnTicket, returnedScreen } from "./returning.js";
import * as screens from "./screens.js";
import { allServices, searchScreen } from "./searching.js";
import { paperIsMissing, takenScreen } from "./taken.js";
import { followPaper, forgetPress, takeTicket } from "./taking.js";

const CONFIRMATION_SECONDS = 15;
const LONGER_SECONDS = 30;
// Without a paper the number has to be copied or photographed.
const COPYING_SECONDS = 60;
const STILL_SECONDS = 60;
const WARNING_SECONDS = 20;
// Views in which a citizen chooses; in the others the kiosk answers.
const BROWSING = ["categories", "services", "search", "before", "naming", "checkIn"];

class Kiosk extends HallElement {
  static properties = {
    snapshot: { state: true },
    view: { state: true },
    left: { state: true },
    ticket: { state: true },
    query: { state: true },
    missing: { state: true },
    printState: { state: true },
    typed: { state: true },
    idle: { state: true },
  };

  comforts = new Comforts({
    changed: () => {
      this.stay();
      this.requestUpdate();
    },
    speak: () => say(this.view),
  });
  #countdown = new Countdown({
    tick: (left) => (this.left = left),
    done: () => this.reset(),
  });
  #category = null;
  #service = null;
  #refusal = null;
  #paper = new AbortController();
  #asking = false;
  #waiting = false;
  #idleWatch = new IdleWatch(() => (this.idle = this.#untouched));
  #reloadWanted = false;

  constructor() {
    super();
    this.snapshot = null;
    this.view = "categories";
    this.left = null;
    this.ticket = null;
    this.query = "";
    this.missing = new Set();
    this.printState = null;
    this.typed = new Typed();
    this.idle = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.languages = JSON.parse(this.dataset.languages);
    new Feed({
      topic: "kiosk",
      load: snapshotLoader("/api/kiosk"),
      apply: (snapshot) => (this.snapshot = snapshot),
    }).start();
    for (const change of ["up", "down"]) link.addEventListener(change, () => this.requestUpdate());
    link.addEventListener("handover", ({ detail }) => this.#hearReader(detail));
    listenForScans((text) => this.#comeBack({ text }));
    for (const sign of ["pointerdown", "keydown"]) {
      window.addEventListener(sign, () => this.#notice(), { capture: true });
    }
    ignoreDoubleTaps(this);
    keepTurning(this);
    window.addEventListener(RELOAD_WANTED, (event) => this.#delayReload(event));
  }

  openCategory(category) {
    this.#category = category.id;
    this.#show("services");
  }

  openSearch() {
    this.#category = null;
    this.query = "";
    this.#show("search");
  }

  lookFor(query) {
    this.query = query;
  }

  goHome() {
    this.#show("categories");
  }

  /** From a service back to the list it was chosen from. */
  goBack() {
    this.#show(this.#category === null ? "search" : "services");
  }

  /** Whether a notice comes out on paper. */
  get prints() {
    return Boolean(this.snapshot?.paper?.printer);
  }

  /** A service was pressed: its number, or first what must be known before. */
  choose(service) {
    this.#service = service;
    this.missing = new Set();
    if (needsWord(service)) this.#show("before");
    else this.take(service);
  }

  /** Mark a material as not brought, or take the mark back. */
  mark(material) {
    const missing = new Set(this.missing);
    if (!missing.delete(material.id)) missing.add(material.id);
    this.missing = missing;
  }

  /** No number, but a list of what to bring. */
  async tell(service) {
    this.#countdown.stop();
    this.#show("taking");
    try {
      const told = await tellMaterials(service, this.missing);
      this.printState = told.print_state;
      this.#show("told");
      this.#countdown.start(paperIsMissing(told.print_state) ? COPYING_SECONDS : CONFIRMATION_SECONDS);
      this.#follow(told.print_job);
    } catch (error) {
      this.#refused(error);
    }
  }

  /** Somebody touched the idle screen. */
  wake() {
    this.idle = false;
    this.#idleWatch.start();
  }

  /** A number for a service; where an identity card is needed, first the card. */
  take(service, card = null) {
    this.#service = service;
    if (service.real_name && card === null) this.#show("naming");
    else this.#ask(() => takeTicket(service, card));
  }

  openCheckIn() {
    this.typed = new Typed();
    this.#show("checkIn");
  }

  type(typed) {
    this.typed = typed;
  }

  /** Come to an appointment; `body` says by what. */
  checkIn(body) {
    this.typed = new Typed();
    this.#service = null;
    this.#ask(() => checkIn(body));
  }

  /** Ready for the next person: first screen, first language, normal type. */
  reset() {
    this.#countdown.stop();
    this.#paper.abort();
    forgetPress();
    this.comforts.reset();
    this.#idleWatch.start();
    this.ticket = null;
    this.query = "";
    this.missing = new Set();
    this.typed = new Typed();
    this.#show("categories");
    if (this.#reloadWanted) location.reload();
  }

  lookLonger() {
    this.#countdown.start(this.#countdown.left + LONGER_SECONDS);
  }

  /** The person is still here. */
  stay() {
    this.#countdown.stop();
    this.left = null;
    if (this.#browsing && !this.#untouched) this.#countdown.start(STILL_SECONDS);
  }

  updated(changed) {
    if (changed.has("view")) this.querySelector("main h1")?.focus();
    const idle = this.querySelector(".idle");
    if (idle && !this.#waiting) idle.focus();
    this.#waiting = idle !== null;
    const answer = this.querySelector(".dialog .button");
    if (answer && !this.#asking) answer.focus();
    this.#asking = answer !== null;
  }

  render() {
    const offline = this.#offline;
    const warning = !offline && this.#warningIsDue;
    return html`
      <div class="kiosk-page" ?inert=${offline || warning || this.idle}>
        ${header(this)}
        <main class="kiosk-main">
          ${this.#browsing ? paperNotice(this.snapshot?.paper) : nothing}
          ${this.#screen()}
        </main>
        ${screens.footer()}
      </div>
      ${warning ? screens.stillThereDialog(this, this.left) : nothing}
      ${this.idle && !offline ? idleScreen(this) : nothing}
      ${offline ? screens.offlineScreen() : nothing}`;
  }

  get #browsing() {
    return BROWSING.includes(this.view);
  }

  get #warningIsDue() {
    return this.#browsing && this.left !== null && this.left <= WARNING_SECONDS;
  }

  get #untouched() {
    return this.view === "categories" && this.comforts.untouched;
  }

  /** A number in hand stays in sight even when the line is lost: it is valid. */
  get #offline() {
    return !linkIsUp() && this.#browsing;
  }

  #screen() {
    if (this.view === "taken") return takenScreen(this, { ...this.ticket, print_state: this.printState }, this.left);
    if (this.view === "told") return toldScreen(this, this.#service, this.printState, this.left);
    if (this.view === "returned") return returnedScreen(this, this.ticket, this.left);
    if (this.view === "taking") return screens.takingScreen(this.#service);
    if (this.view === "refused") return screens.refusedScreen(this, this.#refusal);
    if (!this.snapshot) return nothing;
    if (!this.snapshot.open) return screens.closedScreen();
    if (this.view === "search") return searchScreen(this);
    if (this.view === "checkIn") return checkInScreen(this);
    if (this.view === "naming") return namingScreen(this, this.#service);
    if (this.view === "before") return beforeScreen(this, this.#fresh(this.#service));
    const category = this.snapshot.categories.find((one) => one.id === this.#category);
    return this.view === "services" && category
      ? screens.servicesScreen(this, category)
      : screens.categoriesScreen(this);
  }

  /** A service as the hall is now; as it was when it is no longer offered. */
  #fresh(service) {
    return allServices(this.snapshot).find((one) => one.id === service.id) ?? service;
  }

  #show(view) {
    this.view = view;
    this.wake();
    say(view);
    window.scrollTo(0, 0);
    this.stay();
  }

  /** Ask for a ticket and show it, or why there is none. */
  async #ask(command) {
    this.#countdown.stop();
    this.#show("taking");
    try {
      this.#taken(await command());
    } catch (error) {
      this.#refused(error);
    }
  }

  #taken(ticket) {
    this.ticket = ticket;
    this.printState = ticket.print_state;
    this.#show("taken");
    this.#countdown.start(paperIsMissing(ticket.print_state) ? COPYING_SECONDS : CONFIRMATION_SECONDS);
    this.#follow(ticket.print_job);
  }

  #follow(job) {
    this.#paper = new AbortController();
    if (job !== null) followPaper(job, (state) => this.#paperIs(state), this.#paper.signal);
  }

  #paperIs(state) {
    const before = this.printState;
    this.printState = state;
    if (paperIsMissing(state) && !paperIsMissing(before)) this.#countdown.start(COPYING_SECONDS);
  }

  /** What a reader beside the kiosk read. */
  #hearReader(read) {
    if (read.kind === "scan") this.#comeBack({ token: read.token });
    if (read.kind === "card") this.#hearCard(read.token);
    if (read.kind !== "unreadable_card" || !this.#browsing) return;
    this.#refusal = { title: t("没有读出证件"), detail: t("请拿开身份证，再放上一次") };
    this.#show("refused");
    this.#countdown.start(CONFIRMATION_SECONDS);
  }

  /** A card: for the number that was asked for, else for today's appointment. */
  #hearCard(token) {
    if (!this.#browsing) return;
    if (this.view === "naming") this.take(this.#service, token);
    else this.checkIn({ card: token });
  }

  /** A ticket was held before a scanner; while somebody else is served here it has to wait. */
  async #comeBack(scanned) {
    if (!this.#browsing) return;
    try {
      this.ticket = await returnTicket(scanned);
      this.#show("returned");
      this.#countdown.start(CONFIRMATION_SECONDS);
    } catch (error) {
      this.#refused(error);
    }
  }

  #refused(error) {
    if (error instanceof Problem) {
      this.#refusal = { title: error.title, detail: error.detail };
    } else if (error instanceof Unreachable) {
      this.#refusal = {
        title: t("对不起，系统没有回应"),
        detail: t("如果出了号票，号码有效；没有出票请再取一次，或到导办台取号"),
      };
    } else {
      throw error;
    }
    this.#show("refused");
    this.#countdown.start(LONGER_SECONDS);
  }

  #notice() {
    if (this.#browsing && this.left !== null) this.stay();
  }

  #delayReload(event) {
    if (this.#untouched) return;
    event.preventDefault();
    this.#reloadWanted = true;
  }
}

customElements.define("hk-kiosk", Kiosk);
