// Builds the matrix from the data in the page. Text from records only ever becomes textContent.
"use strict";

(() => {
  const view = JSON.parse(document.getElementById("data").textContent);
  const targets = view.targets;
  const matrix = document.getElementById("matrix");
  const filter = document.getElementById("filter");
  const onlyDiffering = document.getElementById("only-differing");
  const onlyTested = document.getElementById("only-tested");
  const columns = targets.length + 2;

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== "") made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  const isolated = (text) => element("bdi", {}, text);

  // Names such as EXCEPTION_ACCESS_VIOLATION may break after an underscore.
  function breakable(text) {
    const parts = text.split("_").flatMap((part, index) => (index ? ["_", element("wbr"), part] : [part]));
    return element("bdi", {}, ...parts);
  }

  function sign(verdict) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "sign");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#sign-${verdict}`);
    svg.append(use);
    return svg;
  }

  function tag(standing) {
    return standing === "ok" || standing === "not-run" || standing === "error"
      ? null
      : element("span", { class: `tag tag-${standing}` }, standing);
  }

  const verdictClasses = (answer) => `verdict-${answer.verdict} standing-${answer.standing}`;

  // ---- the matrix

  const STATE_WORDS = { planned: "not tested yet", untestable: "untestable" };

  function cell(answer, row) {
    if (answer === null) {
      const words = row.about.state === "tested" ? "not selected" : STATE_WORDS[row.about.state];
      return element("td", { class: "cell absent", role: "cell" }, words);
    }
    const share = answer.share ? element("span", { class: "share" }, `${answer.share} `) : null;
    const below = [share, tag(answer.standing)];
    return element(
      "td",
      { class: `cell ${verdictClasses(answer)}`, role: "cell" },
      element(
        "span",
        { class: "answer" },
        sign(answer.verdict),
        answer.text
          ? element("span", {}, element("span", { class: "hidden" }, `${answer.verdict}: `), breakable(answer.text))
          : element("span", { class: "quiet" }, answer.verdict),
      ),
      below.some((part) => part !== null) ? element("span", { class: "below" }, ...below) : null,
    );
  }

  // What stands across all targets where none has an answer.
  // What setting whole records side by side gave, which no target has alone.
  function besideWords(row) {
    if (row.about.state !== "tested" || row.about.checked_by !== "comparison") return null;
    return row.compared.map((each) => `${each.target}: ${each.summary}`).join("; ") || "no two such records here";
  }

  function emptyCells(row) {
    const bySuite = row.about.state === "tested" && row.about.checked_by === "suite";
    const words = bySuite
      ? "checked by a test of the suite"
      : (besideWords(row) ?? STATE_WORDS[row.about.state] ?? "not selected");
    return [
      element(
        "td",
        { class: "cell absent across", role: "cell", colspan: targets.length },
        bySuite ? element("span", { class: "answer" }, sign("suite"), element("span", {}, words)) : words,
      ),
    ];
  }

  function tail(key) {
    const slash = key.indexOf("/");
    return slash < 0 ? key : key.slice(slash + 1);
  }

  function haystack(row) {
    const { about } = row;
    const answers = row.cells.flatMap((answer, index) =>
      answer ? [targets[index].label, answer.verdict, answer.standing, answer.text] : [],
    );
    const values = row.cases.flatMap((each) => [
      each.name,
      ...each.observations.flatMap((seen) => seen.seen.map((value) => (value ? value.text : ""))),
    ]);
    const compared = row.compared.flatMap((each) => each.differences);
    const origin = about.sources.map((source) => source.code);
    const parts = [about.key, about.row, about.statement, about.level, about.state, about.conflict?.id ?? ""];
    return [...parts, ...about.surfaces, ...origin, ...answers, ...compared, ...values].join("\n").toLowerCase();
  }

  function requirementRow(row, number) {
    const button = element(
      "button",
      { type: "button", class: "opener", "aria-expanded": "false", "aria-controls": `detail-${number}` },
      element("span", { class: "key" }, isolated(tail(row.about.key))),
      element("span", { class: "statement" }, isolated(row.about.statement)),
    );
    const cells = row.cells.every((answer) => answer === null)
      ? emptyCells(row)
      : row.cells.map((answer) => cell(answer, row));
    return {
      row,
      number,
      button,
      text: haystack(row),
      detail: null,
      line: element(
        "tr",
        { class: `requirement state-${row.about.state}`, role: "row" },
        element("th", { scope: "row", role: "rowheader" }, button),
        element("td", { class: "level", role: "cell" }, row.about.level),
        ...cells,
      ),
    };
  }

  function columnHeads() {
    const heads = targets.map((target) =>
      element(
        "th",
        { scope: "col", role: "columnheader" },
        isolated(target.label),
        element("small", {}, isolated(target.description)),
      ),
    );
    return element(
      "thead",
      { role: "rowgroup" },
      element(
        "tr",
        { role: "row" },
        element("th", { scope: "col", role: "columnheader" }, "Requirement"),
        element("th", { scope: "col", role: "columnheader", class: "level" }, "Level"),
        ...heads,
      ),
    );
  }

  let number = 0;
  const areas = view.areas.map((area) => {
    const count = element("span", { class: "number" });
    const head = element(
      "tr",
      { class: "area", role: "row" },
      element("th", { scope: "rowgroup", role: "rowheader", colspan: columns }, area.title, " ", count),
    );
    const rows = area.rows.map((row) => requirementRow(row, number++));
    const body = element("tbody", { role: "rowgroup" }, head, ...rows.map((entry) => entry.line));
    return { area, count, rows, body };
  });
  const entries = areas.flatMap((area) => area.rows);
  const byLine = new Map(entries.map((entry) => [entry.line, entry]));
  const byKey = new Map(entries.map((entry) => [entry.row.about.key, entry]));

  // ---- the detail of a row

  function titled(title, ...content) {
    const kept = content.filter((child) => child !== null);
    return kept.length ? element("section", {}, element("h3", {}, title), ...kept) : null;
  }

  function list(items) {
    return items.length ? element("ul", {}, ...items.map((item) => element("li", {}, ...item))) : null;
  }

  function sourceWords(source) {
    const name = source.title || source.code;
    const linked = source.address
      ? element("a", { href: source.address, rel: "noreferrer noopener", target: "_blank" }, isolated(name))
      : isolated(name);
    return [
      element("span", { class: "code" }, source.code),
      " ",
      linked,
      source.at ? element("span", { class: "at" }, isolated(source.at)) : null,
    ];
  }

  const keyLink = (key) => element("a", { class: "code", href: `#${encodeURIComponent(key)}` }, isolated(key));

  function facts(pairs) {
    const kept = pairs.filter(([, value]) => value);
    return element(
      "dl",
      { class: "properties" },
      ...kept.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, isolated(value))),
      ),
    );
  }

  function conflictWords(conflict) {
    if (!conflict) return null;
    return titled(
      `Conflict ${conflict.id}`,
      element("p", {}, isolated(conflict.matter)),
      list(
        conflict.members.map((member) => [
          element("span", { class: "code" }, member.document),
          " ",
          keyLink(member.key),
          member.document === conflict.document ? element("span", { class: "at" }, "this claim") : null,
        ]),
      ),
    );
  }

  const notSelected = () => element("td", { class: "absent" }, "not selected");

  function marks(answer) {
    return [
      tag(answer.standing),
      answer.flaky ? element("span", { class: "tag tag-unexpected" }, "flaky") : null,
      answer.reason ? element("span", { class: "at" }, isolated(answer.reason)) : null,
    ];
  }

  function seenWords(seen) {
    const own = seen.documented;
    return [breakable(seen.text), own ? element("span", { class: "at" }, isolated(`documented here: ${own}`)) : null];
  }

  function answerCell(answer, ...words) {
    return element(
      "td",
      { class: `outcome ${verdictClasses(answer)}` },
      element("span", { class: "answer" }, sign(answer.verdict), element("span", {}, ...words)),
      ...marks(answer),
    );
  }

  function caseHead(each, columns) {
    return element(
      "th",
      { scope: columns > 1 ? "rowgroup" : "row", colspan: columns },
      element("code", {}, isolated(each.name)),
    );
  }

  // A case that observed one thing stands in one line; others have a line for each observation.
  function shortCase(each, observation) {
    const cells = each.answers.map((answer, index) => {
      if (answer === null) return notSelected();
      const seen = observation.seen[index];
      return seen === null
        ? answerCell(answer, answer.verdict)
        : answerCell(answer, element("span", { class: "hidden" }, `${answer.verdict}: `), ...seenWords(seen));
    });
    const documented = element(
      "td",
      { class: "documented" },
      isolated(observation.documented ? `${observation.name}: ${observation.documented}` : observation.name),
    );
    return element("tbody", {}, element("tr", { class: "case" }, caseHead(each, 1), documented, ...cells));
  }

  function longCase(each) {
    const answers = each.answers.map((answer) =>
      answer === null ? notSelected() : answerCell(answer, answer.verdict),
    );
    const observed = each.observations.map((observation) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, isolated(observation.name)),
        element("td", { class: "documented" }, isolated(observation.documented || "–")),
        ...observation.seen.map((seen, index) => {
          if (seen === null) return element("td", { class: "absent" }, "–");
          const standing = seen.differs ? `differs as-${each.answers[index].standing}` : "";
          return element("td", { class: standing }, seen.differs ? sign("deviates") : null, ...seenWords(seen));
        }),
      ),
    );
    return element("tbody", {}, element("tr", { class: "case" }, caseHead(each, 2), ...answers), ...observed);
  }

  const caseRows = (each) =>
    each.observations.length === 1 ? shortCase(each, each.observations[0]) : longCase(each);

  function casesTable(cases) {
    if (!cases.length) return null;
    const heads = ["Case", "Documented", ...targets.map((target) => target.label)];
    return element(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": "Cases and observations" },
      element(
        "table",
        { class: "cases" },
        element(
          "thead",
          {},
          element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, isolated(head)))),
        ),
        ...cases.map(caseRows),
      ),
    );
  }

  // Why an answer stands as it does, once for all cases of a target.
  function standingWords(cases) {
    const lines = targets.flatMap((target, index) => {
      const answers = cases.map((each) => each.answers[index]).filter((answer) => answer !== null);
      const said = answers
        .filter((answer) => answer.words || answer.unjudged)
        .map((answer) => [answer.standing, answer.words || answer.unjudged, answer.source]);
      return [...new Map(said.map((words) => [words.join("\n"), words])).values()].map((words) => [target, ...words]);
    });
    return list(
      lines.map(([target, standing, words, source]) => [
        element("b", {}, isolated(target.label)),
        " ",
        standing === "ok" ? "" : element("span", { class: `tag-${standing}` }, `${standing}: `),
        isolated(words),
        source ? element("span", { class: "at" }, isolated(source)) : null,
      ]),
    );
  }

  // What setting rows of one target side by side gave.
  function comparisonWords(compared) {
    return list(
      compared.map((each) => [
        element("b", {}, isolated(each.target)),
        " ",
        isolated(each.summary),
        list(each.differences.map((words) => [breakable(words)])),
      ]),
    );
  }

  // One listing for each case; targets whose calls and results are the same share it.
  function listings(cases) {
    return cases.flatMap((each) => {
      const shared = new Map();
      each.answers.forEach((answer, index) => {
        if (!answer || !answer.evidence.length) return;
        const text = answer.evidence.join("\n");
        shared.set(text, [...(shared.get(text) ?? []), targets[index].label]);
      });
      if (!shared.size) return [];
      const blocks = [...shared].flatMap(([text, labels]) => [
        element("p", { class: "at" }, isolated(`on ${labels.join(", ")}`)),
        element("pre", { tabindex: "0", role: "group", "aria-label": `Calls on ${labels.join(", ")}` }, element("code", {}, text)),
      ]);
      const summary = element("summary", {}, isolated(each.name));
      return [element("details", { class: "listing" }, summary, ...blocks)];
    });
  }

  function detailOf(entry) {
    const { about, cases } = entry.row;
    const sources = list(about.sources.map(sourceWords));
    const readings = list(
      about.readings.map((reading) => [
        isolated(reading.says),
        reading.windows ? ` (${reading.windows})` : "",
        element("span", { class: "at" }, ...sourceWords(reading.source)),
      ]),
    );
    const faults = list(
      about.faults.map((fault) => [
        element("span", { class: "code" }, fault.name),
        " ",
        isolated(fault.what),
        element("span", { class: "at" }, isolated(fault.place)),
      ]),
    );
    const calls = listings(cases);
    const standing = standingWords(cases);
    const compared = comparisonWords(entry.row.compared);
    const speaking = cases.filter((each) => each.answers.some((answer) => answer && answer.evidence.length));
    const telling = speaking.findIndex((each) => each.answers.some((answer) => answer && answer.standing !== "ok"));
    if (telling >= 0 || calls.length === 1) calls[Math.max(telling, 0)].open = true;
    const region = element(
      "div",
      { class: "detail-body", role: "region", "aria-label": `Details of ${about.key}` },
      element(
        "div",
        { class: "about" },
        element("p", { class: "full" }, isolated(about.statement)),
        about.note ? element("p", { class: "at" }, isolated(about.note)) : null,
        facts([
          ["Key", about.key],
          ["Row", about.row],
          ["Level", about.level],
          ["Surface", about.surfaces.join(", ")],
          ["Applies", about.windows],
          ["Checked by", about.checked_by],
          ["Written in", [...new Set(cases.map((each) => each.place))].filter(Boolean).join(", ")],
        ]),
      ),
      element(
        "div",
        { class: "origin" },
        sources ? titled("Documents", sources) : null,
        conflictWords(about.conflict),
        readings ? titled("Measured elsewhere", readings) : null,
        about.derived_from.length ? titled("Follows from", list(about.derived_from.map((key) => [keyLink(key)]))) : null,
        faults ? titled("Faults that prove it", faults) : null,
      ),
      standing ? titled("How it stands", standing) : null,
      compared ? titled("Side by side", compared) : null,
      cases.length ? titled("Cases", casesTable(cases)) : null,
      calls.length ? titled("Calls", ...calls) : null,
    );
    return element(
      "tr",
      { class: "detail", role: "row", id: `detail-${entry.number}` },
      element("td", { colspan: columns, role: "cell" }, region),
    );
  }

  function open(entry, wanted = !isOpen(entry)) {
    if (wanted && !entry.detail) {
      entry.detail = detailOf(entry);
      entry.line.after(entry.detail);
    }
    if (entry.detail) entry.detail.hidden = !wanted || entry.line.hidden;
    entry.button.setAttribute("aria-expanded", String(wanted));
    entry.line.classList.toggle("open", wanted);
  }

  const isOpen = (entry) => entry.button.getAttribute("aria-expanded") === "true";

  // ---- filter

  function isShown(entry, words) {
    if (onlyDiffering.checked && !entry.row.differs) return false;
    return words.every((word) => entry.text.includes(word));
  }

  const isTested = (row) => row.about.state === "tested" || row.cells.some((answer) => answer !== null);

  function show() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let untested = 0;
    for (const area of areas) {
      let inArea = 0;
      for (const entry of area.rows) {
        const fits = isShown(entry, words);
        const visible = fits && (!onlyTested.checked || isTested(entry.row));
        untested += fits && !visible;
        entry.line.hidden = !visible;
        if (entry.detail) entry.detail.hidden = !visible || !isOpen(entry);
        inArea += visible;
      }
      area.body.hidden = inArea === 0;
      area.count.textContent = inArea === area.rows.length ? `${inArea}` : `${inArea} of ${area.rows.length}`;
      shown += inArea;
    }
    const hidden = untested ? `; ${untested} more ${untested === 1 ? "is" : "are"} not tested` : "";
    document.getElementById("shown").textContent = `${shown} of ${entries.length} requirements${hidden}`;
    document.getElementById("nothing").hidden = shown > 0;
  }

  function reveal(key) {
    const entry = byKey.get(key);
    if (!entry) return;
    if (entry.line.hidden) {
      filter.value = "";
      onlyDiffering.checked = false;
      onlyTested.checked = onlyTested.checked && isTested(entry.row);
      show();
    }
    open(entry, true);
    entry.line.scrollIntoView({ block: "start" });
    entry.button.focus({ preventScroll: true });
  }

  function revealFragment() {
    try {
      reveal(decodeURIComponent(location.hash.slice(1)));
    } catch (problem) {
      if (!(problem instanceof URIError)) throw problem;
    }
  }

  // ---- hands

  function focusBy(button, step) {
    const buttons = entries.filter((entry) => !entry.line.hidden).map((entry) => entry.button);
    const index = { first: 0, last: buttons.length - 1 }[step] ?? buttons.indexOf(button) + step;
    buttons[Math.max(0, Math.min(index, buttons.length - 1))]?.focus();
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" };

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const detail = event.target.closest("tr.detail");
    if (event.key === "Escape" && detail) {
      const entry = byLine.get(detail.previousElementSibling);
      open(entry, false);
      entry.button.focus();
    } else if (event.target.matches(".opener")) {
      if (event.key === "Escape") open(byLine.get(event.target.closest("tr")), false);
      else if (event.key in STEPS) {
        focusBy(event.target, STEPS[event.key]);
        event.preventDefault();
      }
    }
  }

  function onClick(event) {
    const line = event.target.closest("tr.requirement");
    if (!line || event.target.closest("a") || String(getSelection())) return;
    open(byLine.get(line));
  }

  matrix.append(columnHeads(), ...areas.map((area) => area.body));
  matrix.style.setProperty("--targets", targets.length);
  matrix.classList.toggle("few", targets.length <= 3);
  onlyDiffering.disabled = targets.length < 2;
  onlyTested.checked = entries.some((entry) => isTested(entry.row));
  document.getElementById("toolbar").hidden = false;
  document.getElementById("toolbar").addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", show);
  onlyDiffering.addEventListener("change", show);
  onlyTested.addEventListener("change", show);
  matrix.addEventListener("click", onClick);
  matrix.addEventListener("keydown", onKey);
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input")) return;
    event.preventDefault();
    filter.focus();
  });
  addEventListener("hashchange", revealFragment);
  addEventListener("click", (event) => {
    if (event.target.closest("a")?.hash === location.hash) revealFragment();
  });
  show();
  revealFragment();
})();
