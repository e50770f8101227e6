"use strict";
/* Shows the lists of an archive as far as they are asked for. All text is put in as text, never as
   markup. Columns of the data are named in data.py, in the same order as here. */
(() => {
  const read = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const words = read("words");
  const once = (make) => { let made; return () => (made ??= make()); };
  const STEP = 100; // rows that are shown at a time
  const LETTERS = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const DIGITS = new Intl.NumberFormat(document.documentElement.lang);
  const NUMBERS = { format: (n) => DIGITS.format(n).replace(/,(?=\d{3})/g, "\u00a0") }; // as in print
  const SIGNS = { error: "✗", warning: "!", note: "·" };
  const RANK = { error: 0, warning: 1, note: 2 };
  const MARKS = { verified: "✓", contradicted: "✗", uncovered: "○", pictured: "○" };
  const SVG = "http://www.w3.org/2000/svg";

  const reports = read("reports").map(
    ([body, title, period, files, reason, pages, found, tested, covered, sha256], number) => ({
      number, body, title, period, files, reason, pages, found, tested, covered, sha256,
      name: [body, title].filter(Boolean).join(" · ") || files[0] || sha256.slice(0, 12),
    }));
  const rules = read("rules");
  const findings = once(() => read("findings").map(
    ([report, other, rule, severity, page, place, says, formula, cells, evidence, cause, proposed,
      reading, accepted], number) => ({
      number, report: reports[report], other: reports[other], code: rules[rule][0],
      title: rules[rule][1], severity, page, place, says, formula, cells, evidence, cause,
      proposed, reading, accepted,
    })));
  const ofReport = once(() => {
    const by = new Map();
    for (const one of findings()) {
      if (!by.has(one.report)) by.set(one.report, []);
      by.get(one.report).push(one);
    }
    return by;
  });
  const courses = once(() => read("courses").map(
    ([body, concept, title, unit, series, points], number) => ({
      number, body, concept, title, unit, series,
      look: (of) => series[of][2],
      points: points.map(([of, year, value, printed, report, page, standing]) =>
        ({ of, year, value, printed, report: reports[report], page, standing })),
    })));
  const forecasts = once(() => read("forecasts").map(
    ([body, label, months, share, shareText, lean, leanText, apart, apartText, sure, years], number) => ({
      number, body, label, months, share, shareText, lean, leanText, apart, apartText, sure, years,
    })));

  /* --- making elements ------------------------------------------------------------------- */

  function put(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false)
        node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
    return node;
  }
  const el = (tag, attributes, ...children) =>
    put(document.createElement(tag), attributes, children);
  const svg = (tag, attributes, ...children) =>
    put(document.createElementNS(SVG, tag), attributes, children);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const sign = (severity) =>
    el("span", { class: `sign ${severity}`, "aria-hidden": "true" }, SIGNS[severity]);
  const count = (n) => el("span", { class: n ? null : "zero" }, NUMBERS.format(n));
  const pageOf = (page) => (page ? fill(words.page_n, { n: page }).replace(" ", "\u00a0") : "");
  const source = (report, page, whole) => (report
    ? el("span", {}, el("a", { href: `#report-${report.number}` },
      whole ? report.name : report.title || report.name),
      page ? `, ${pageOf(page)}` : "")
    : "");
  const facts = (pairs) => el("dl", {}, pairs.filter(([, value]) => value && value.length !== 0)
    .map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  const grid = (heads, rows, caption) => el("div", { class: "wide" }, el("table", {},
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows)));

  /* --- a list that can be searched and sorted --------------------------------------------- */

  let sought = [];
  const matches = (text) => sought.every((word) => text.includes(word));
  const printing = { now: false };

  /* A table of `rows()`. A column has a name, what it sorts by, and what it shows; the first one
     opens the detail of its row. `hay(row)` is the text that is searched. */
  function list({ id, rows, columns, hay, detail, choices = [], start }) {
    let sort = { ...start }, limit = STEP;
    const open = new Set(), chosen = {};
    const host = document.getElementById(`${id}-list`);
    const told = document.getElementById(`${id}-count`);
    const hays = once(() => rows().map((row) => hay(row).toLocaleLowerCase()));
    const heads = columns.map((column, place) => el("th",
      { scope: "col", class: column.number ? "number" : null },
      el("button", { type: "button", title: fill(words.sort, { n: column.name }),
        onclick: () => turn(place) }, column.name)));
    const body = el("tbody");
    const more = el("button", { type: "button", class: "more", onclick: grow });
    const table = el("table", { class: "list" }, el("caption", { class: "unseen" }, words[id]),
      el("thead", {}, el("tr", {}, heads)), body);
    host.append(table, more);

    const tools = document.getElementById(`${id}-tools`);
    for (const choice of choices) {
      const options = choice.options().map(([value, said]) => el("option", { value }, said));
      const select = el("select", { onchange: (event) => {
        chosen[choice.name] = event.target.value;
        limit = STEP;
        render();
      } }, el("option", { value: "" }, choice.all), options);
      choice.select = select;
      tools.append(el("label", {}, choice.said, select));
    }

    function turn(place) {
      const again = sort.place === place;
      sort = { place, down: again ? !sort.down : Boolean(columns[place].down) };
      render();
    }
    function found() {
      const every = rows(), all = hays();
      const kept = every.filter((row, place) => matches(all[place])
        && choices.every((one) => !chosen[one.name] || one.of(row) === chosen[one.name]));
      const by = columns[sort.place].by, way = sort.down ? -1 : 1;
      return kept.map((row) => [by(row), row]).sort(([a, x], [b, y]) => {
        const empty = (a === null || a === "") - (b === null || b === "");
        if (empty) return empty;
        const order = typeof a === "string" ? LETTERS.compare(a, b) : a - b;
        return way * order || x.number - y.number;
      }).map(([, row]) => row);
    }
    function line(row) {
      const cells = columns.map((column, place) => {
        const shown = column.show(row);
        const inside = place ? shown : el("button", { type: "button", class: "open",
          "aria-expanded": String(open.has(row.number)), onclick: (event) => toggle(row, event.currentTarget) },
        el("span", {}, shown));
        return el("td", { "data-label": column.name, class: [column.number ? "number" : "",
          place ? "" : "bare", shown === "" ? "empty" : ""].join(" ").trim() || null }, inside);
      });
      const made = el("tr", { id: `${id}-${row.number}` }, cells);
      return open.has(row.number) || printing.now ? [made, below(row)] : [made];
    }
    const below = (row) => el("tr", { class: "detail" },
      el("td", { colspan: columns.length }, detail(row)));
    function toggle(row, button) {
      const tr = button.closest("tr");
      if (open.delete(row.number)) tr.nextElementSibling.remove();
      else { open.add(row.number); tr.after(below(row)); }
      button.setAttribute("aria-expanded", String(open.has(row.number)));
    }
    function grow() {
      const from = Math.min(limit, found().length);
      limit += STEP;
      render();
      body.querySelectorAll(".open")[from]?.focus();
    }
    function render() {
      const all = found(), shown = printing.now ? all : all.slice(0, limit);
      heads.forEach((head, place) => {
        if (place === sort.place) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      body.replaceChildren(...shown.flatMap(line));
      table.hidden = !all.length;
      more.hidden = shown.length === all.length;
      more.textContent = fill(words.more, { n: NUMBERS.format(Math.min(STEP, all.length - shown.length)) });
      told.textContent = all.length
        ? fill(words.shown, { a: NUMBERS.format(shown.length), b: NUMBERS.format(all.length) })
        : words.none;
    }
    return {
      render,
      reset: () => { limit = STEP; },
      size: () => hays().filter(matches).length,
      reveal(number) {
        open.add(number);
        const place = found().findIndex((row) => row.number === number);
        if (place >= limit) limit = place + 1;
        render();
        const row = document.getElementById(`${id}-${number}`);
        row?.scrollIntoView({ block: "start" });
        row?.querySelector(".open").focus();
      },
      choose(name, value) {
        for (const choice of choices) {
          chosen[choice.name] = choice.name === name ? value : "";
          choice.select.value = chosen[choice.name];
        }
      },
    };
  }

  /* --- reports and findings ----------------------------------------------------------------- */

  const severity = (one) => (one.found[0] ? "error" : one.found[1] ? "warning" : one.found[2] ? "note" : "");
  const standing = (one) => (one.reason ? "?" : severity(one) ? "" : "✓");
  const share = (one) => (one.covered[0] ? (one.covered[1] + one.covered[2]) / one.covered[0] : null);
  const percent = (value) => (value === null ? "" : `${Math.floor(100 * value)}\u00a0%`);
  const worst = (one) => (one.reason ? 1 : 0) + 1e3 * one.found[2] + 1e6 * one.found[1] + 1e9 * one.found[0];

  const lists = {};
  const views = {
    reports: once(() => (lists.reports = list({
      id: "reports", rows: () => reports, start: { place: 2, down: true },
      hay: (one) => [one.name, ...one.files, one.reason, one.sha256,
        ...(ofReport().get(one) ?? []).map((each) => each.code)].join(" "),
      columns: [
        { name: words.report, by: (one) => one.name, show: (one) => el("span", {}, one.name,
          one.name === one.files[0] ? "" : el("span", { class: "quiet path" }, one.files[0] ?? "")) },
        { name: words.period, by: (one) => one.period, down: true, show: (one) => (one.period ? el("span", { class: "whole" }, one.period) : "") },
        { name: words.standing, by: worst, down: true, show: (one) => (severity(one)
          ? el("span", {}, sign(severity(one)), words[severity(one)])
          : standing(one) === "✓"
            ? el("span", {}, el("span", { class: "sign good", "aria-hidden": "true" }, "✓"), words.no_findings)
            : el("span", {}, el("span", { class: "sign warning", "aria-hidden": "true" }, "?"), words.not_read)) },
        ...["errors", "warnings", "notes"].map((name, place) => ({ name: words[name], number: true,
          down: true, by: (one) => one.found[place], show: (one) => count(one.found[place]) })),
        { name: words.tested, number: true, down: true, by: (one) => one.tested[0],
          show: (one) => count(one.tested[0]) },
        { name: words.coverage, number: true, by: share, show: (one) => percent(share(one)) },
      ],
      detail: aboutReport,
    }))),
    findings: once(() => (lists.findings = list({
      id: "findings", rows: findings, start: { place: 1, down: false },
      hay: (one) => [one.code, one.title, one.place, one.says, one.evidence, one.cause,
        one.accepted, one.report?.name, ...(one.report?.files ?? []), one.other?.name,
        ...one.cells.flatMap((cell) => [cell[1], cell[3]])].join(" "),
      choices: [
        { name: "severity", said: words.severity, all: words.all_severities,
          of: (one) => (one.accepted ? "accepted" : one.severity),
          options: () => [...Object.keys(SIGNS).map((name) => [name, words[name]]),
            ["accepted", words.accepted_one]] },
        { name: "rule", said: words.rule, all: words.all_rules, of: (one) => one.code,
          options: () => [...rules].sort(([a], [b]) => LETTERS.compare(a, b))
            .map(([code, title]) => [code, `${code} ${title}`]) },
        { name: "body", said: words.body, all: words.all_bodies, of: (one) => one.report?.body,
          options: () => bodies(reports).map((name) => [name, name]) },
      ],
      columns: [
        { name: words.what, by: (one) => one.place, show: (one) => el("span", {},
          sign(one.severity), el("b", {}, one.place || one.title), " ",
          el("span", { class: "quiet" }, one.says)) },
        { name: words.severity, by: (one) => (one.accepted ? 3 : RANK[one.severity]),
          show: (one) => (one.accepted ? words.accepted_one : words[one.severity]) },
        { name: words.rule, by: (one) => one.code,
          show: (one) => el("span", { class: "code", title: one.title }, one.code) },
        { name: words.report, by: (one) => one.report?.name ?? "",
          show: (one) => one.report?.name ?? "" },
        { name: words.page, number: true, by: (one) => one.page || null,
          show: (one) => (one.page ? String(one.page) : "") },
      ],
      detail: aboutFinding,
    }))),
    years: once(() => (lists.years = years())),
    forecasts: once(() => (lists.forecasts = list({
      id: "forecasts", rows: forecasts, start: { place: 3, down: true },
      hay: (one) => [one.body, one.label].join(" "),
      columns: [
        { name: words.body, by: (one) => one.body, show: (one) => el("span", {}, one.body, " ",
          el("span", { class: "quiet" }, one.label, one.sure ? "" : " ○")) },
        { name: words.made_after, number: true, by: (one) => one.months,
          show: (one) => fill(words.months, { n: one.months }) },
        { name: words.number_of_years, number: true, down: true, by: (one) => one.years.length,
          show: (one) => String(one.years.length) },
        { name: words.mean_apart, number: true, down: true, by: (one) => one.share ?? null,
          show: (one) => el("span", {}, one.shareText || "–", " ",
            el("span", { class: "quiet" }, one.apartText)) },
        { name: words.mean_lean, number: true, by: (one) => one.lean ?? null,
          show: (one) => one.leanText },
        { name: words.by_year, by: (one) => one.years.length, show: bars },
      ],
      detail: aboutForecasts,
    }))),
  };

  const bodies = (rows) => [...new Set(rows.map((one) => one.body).filter(Boolean))].sort(LETTERS.compare);

  function aboutReport(one) {
    const own = ofReport().get(one) ?? [];
    const [figures, verified, contradicted] = one.covered;
    return [
      one.reason ? el("p", { class: "says" }, one.reason) : "",
      facts([
        [one.files.length > 1 ? words.files : words.file, one.files.map((name) => el("div", {}, name))],
        [words.pages, one.pages ? String(one.pages) : ""],
        [words.coverage, figures ? fill(words.covered_of,
          { a: NUMBERS.format(verified + contradicted), b: NUMBERS.format(figures) }) : ""],
        [words.sha256, el("span", { class: "sha" }, one.sha256)],
      ]),
      own.map((each) => el("div", { class: "card" },
        el("h4", {}, sign(each.severity), el("span", { class: "code" }, each.code), ` ${each.title}`,
          each.accepted ? ` (${words.accepted_one})` : ""),
        el("p", { class: "says" }, each.place ? el("b", {}, `${each.place}: `) : "", each.says,
          each.page ? ` (${pageOf(each.page)})` : ""),
        evidence(each))),
    ].flat();
  }

  function aboutFinding(one) {
    return [
      el("p", { class: "says" }, el("span", { class: "code" }, one.code), ` ${one.title}`),
      el("p", { class: "says" }, one.place ? el("b", {}, `${one.place}: `) : "", one.says),
      facts([
        [words.report, source(one.report, one.page)],
        [words.file, (one.report?.files ?? []).map((name) => el("div", {}, name))],
      ]),
      evidence(one),
    ];
  }

  /* What a finding rests on: its printed cells with their pages, in whichever report. */
  function evidence(one) {
    const apart = one.other?.body !== one.report?.body;
    const rows = one.cells.map(([role, row, column, text, page, other, suspect]) =>
      el("tr", { class: suspect ? "suspect" : null },
        el("th", { scope: "row" }, row), el("td", {}, column),
        el("td", { class: "number" }, text),
        el("td", {}, words[role], suspect ? `, ${words.suspect}` : ""),
        el("td", {}, one.other ? source(other ? one.other : one.report, page, apart) : pageOf(page))));
    const heads = [words.row, words.column, words.printed, words.role, words.where];
    return el("div", {},
      one.evidence ? el("blockquote", { lang: "sv" }, one.evidence) : "",
      rows.length ? grid(heads, rows, words.table) : "",
      facts([
        [words.formula, one.formula],
        [words.held_against, one.other
          ? el("a", { href: `#report-${one.other.number}` }, `${one.other.name} (${one.other.files[0] ?? ""})`) : ""],
        [words.cause, one.cause], [words.proposed, one.proposed],
        ["", one.reading], ["", one.accepted],
      ].map(([name, value]) => [name || words.note, value])));
  }

  /* --- through the years -------------------------------------------------------------------- */

  function years() {
    const host = document.getElementById("years-list"), told = document.getElementById("years-count");
    const select = el("select", { onchange: () => draw() });
    document.getElementById("years-tools").append(el("label", {}, words.body, select));
    let body = "";

    const hay = (one) => `${one.body} ${one.concept} ${one.title}`.toLocaleLowerCase();
    const kept = () => courses().filter((one) => matches(hay(one)));
    function render() {
      const names = bodies(kept());
      body = names.includes(select.value) ? select.value : names[0] ?? "";
      select.replaceChildren(...names.map((name) => el("option", { value: name }, name)));
      select.value = body;
      select.parentElement.hidden = !names.length;
      told.textContent = names.length ? "" : courses().length ? words.none : words.no_courses;
      draw();
    }
    function draw() {
      body = select.value;
      const width = printing.now ? 450 : chartWidth();
      const shown = printing.now ? bodies(kept()) : [body].filter(Boolean);
      host.replaceChildren(...shown.map((name) => el("div", {},
        el("h3", { class: "body-name" }, name),
        el("div", { class: "charts" },
          kept().filter((one) => one.body === name).map((one) => chart(one, width))))));
    }
    function chartWidth() {
      const room = host.clientWidth || 600;
      return room >= 1130 ? (room - 40) / 2 : Math.min(room, 700);
    }
    let last = 0;
    new ResizeObserver(() => {
      if (host.clientWidth && Math.abs(host.clientWidth - last) > 8 && !printing.now) {
        last = host.clientWidth;
        draw();
      }
    }).observe(host);
    return { render, reset() {}, size: () => kept().length };
  }

  const TOP = 10, BOTTOM = 22, HIGH = 230;

  /* One concept: a line for each series, a mark for each printed figure. */
  function chart(one, width) {
    const values = one.points.map((at) => at.value), first = Math.min(...one.points.map((at) => at.year));
    const last = Math.max(...one.points.map((at) => at.year));
    const ticks = scale(Math.min(...values), Math.max(...values));
    const left = 12 + 6.5 * Math.max(...ticks.map((tick) => NUMBERS.format(tick).length));
    const right = width - 12, span = Math.max(last - first, 1);
    const x = (at) => left + 14 + ((at.year - first) / span) * (right - left - 28)
      + (at.of - (one.series.length - 1) / 2) * Math.min(5, 60 / span);
    const low = ticks[0], high = ticks[ticks.length - 1];
    const y = (value) => TOP + (1 - (value - low) / (high - low)) * (HIGH - TOP - BOTTOM);
    const every = Math.ceil(((last - first + 1) * 40) / (right - left));
    const axes = [
      ...ticks.flatMap((tick) => [
        svg("line", { class: tick ? "axis" : "axis zero", x1: left, x2: right, y1: y(tick), y2: y(tick) }),
        svg("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, NUMBERS.format(tick))]),
      ...Array.from({ length: last - first + 1 }, (_, place) => first + place)
        .filter((year) => (year - first) % every === 0)
        .map((year) => svg("text", { y: HIGH - 4, "text-anchor": "middle",
          x: left + 14 + ((year - first) / span) * (right - left - 28) }, String(year))),
    ];
    const apart = new Map(); // figures of one time that reports print differently
    for (const at of one.points) {
      const key = `${at.of} ${at.year}`;
      if (!apart.has(key)) apart.set(key, []);
      apart.get(key).push(at);
    }
    const disagree = (at) => one.series[at.of][1] === "outturn" && apart.get(`${at.of} ${at.year}`).length > 1;
    const lines = one.series.map(([, kind], of) => {
      const run = [...apart.values()].map((each) => each[0]).filter((at) => at.of === of);
      return kind === "forecast" || run.length < 2 ? "" : svg("polyline", {
        class: `run ${kind} s${one.look(of)}`, points: run.map((at) => `${x(at)},${y(at.value)}`).join(" ") });
    });
    const order = [...one.points].sort((a, b) => x(a) - x(b));
    const points = order.map((at, place) => svg("g", {
      class: `point s${one.look(at.of)}`, role: "img", tabindex: place ? -1 : 0, "aria-label": said(one, at, disagree(at)),
      onfocus: (event) => tell(event.currentTarget, one, [at], disagree), onblur: hush,
    },
    svg("circle", { class: "halo", cx: x(at), cy: y(at.value), r: 9 }),
    svg("path", { class: `dot${at.standing === "verified" ? "" : " hollow"}${disagree(at) ? " apart" : ""}`,
      d: shape(one.look(at.of), x(at), y(at.value)) })));
    /* What the pointer is nearest to, and all that lies under it. */
    const point = (event) => {
      const box = drawing.getBoundingClientRect(), scaled = width / box.width;
      const to = (at, left, top) => Math.hypot(x(at) - left, y(at.value) - top);
      const from = order.map((at) => to(at, (event.clientX - box.left) * scaled, (event.clientY - box.top) * scaled));
      const nearest = from.indexOf(Math.min(...from));
      if (from[nearest] > 25) { hush(); return; }
      const here = order[nearest];
      tell(points[nearest], one, order.filter((at) => to(at, x(here), y(here.value)) < 7), disagree);
    };
    const drawing = svg("svg", { viewBox: `0 0 ${width} ${HIGH}`, height: HIGH, role: "group",
      "aria-label": `${one.concept}. ${words.chart_help}`, onkeydown: (event) => step(event, points),
      onmousemove: point, onmouseleave: hush },
    axes, lines, points);
    const legend = one.series.map(([name, kind], of) => el("span", {},
      svg("svg", { viewBox: "0 0 26 12", class: `s${one.look(of)}`, "aria-hidden": "true" },
        kind === "forecast" ? "" : svg("line", { class: `run ${kind}`, x1: 0, x2: 26, y1: 6, y2: 6 }),
        svg("path", { class: "dot", d: shape(one.look(of), 13, 6) })), name));
    const heads = [words.period, words.source, words.printed, words.report, words.page, words.standing];
    const rows = one.points.map((at) => el("tr", {}, el("th", { scope: "row" }, String(at.year)),
      el("td", {}, one.series[at.of][0]), el("td", { class: "number" }, at.printed),
      el("td", {}, source(at.report)), el("td", { class: "number" }, String(at.page)),
      el("td", {}, `${MARKS[at.standing]} ${words[at.standing]}`,
        disagree(at) ? `, ${words.disagree}` : "")));
    return el("figure", { class: "chart" },
      el("figcaption", {}, el("h4", {}, one.concept, one.unit ? el("span", { class: "quiet" }, `, ${one.unit}`) : ""),
        el("span", { class: "quiet" }, one.title)),
      drawing, el("div", { class: "legend" }, legend),
      el("details", { open: printing.now }, el("summary", {}, words.table),
        grid(heads, rows, `${one.body}: ${one.concept}`)));
  }

  /* Round numbers from below the least to above the largest, with nothing where all are far from it. */
  function scale(least, largest) {
    if (least === largest) { least -= Math.abs(least) / 10 || 1; largest += Math.abs(largest) / 10 || 1; }
    if (least > 0 && least < largest / 2) least = 0;
    if (largest < 0 && largest > least / 2) largest = 0;
    const raw = (largest - least) / 4, power = 10 ** Math.floor(Math.log10(raw));
    const by = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw);
    const from = Math.floor(least / by), to = Math.ceil(largest / by);
    return Array.from({ length: to - from + 1 }, (_, place) => Number(((from + place) * by).toPrecision(12)));
  }

  const shape = (look, x, y) => [
    `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`,
    `M${x - 3.6} ${y - 3.6}h7.2v7.2h-7.2z`,
    `M${x} ${y - 4.6}l4.6 8h-9.2z`,
    `M${x} ${y - 5}l5 5l-5 5l-5 -5z`,
    `M${x} ${y + 4.6}l4.6 -8h-9.2z`,
    `M${x - 5} ${y - 1.7}h10v3.4h-10z`,
  ][look];

  const lines = (one, at, disagree) => [
    `${one.series[at.of][0]} ${at.year}: ${at.printed}`,
    [at.report?.name ?? "", at.report?.files[0] ?? "", pageOf(at.page)].filter(Boolean).join(", "),
    `${MARKS[at.standing]} ${words[at.standing]}${disagree ? ` · ${words.disagree}` : ""}`,
  ];
  const said = (one, at, disagree) => lines(one, at, disagree).join(". ");
  const tip = document.getElementById("tip");

  let lit = null;
  function tell(target, one, ats, disagree) {
    hush();
    lit = target;
    lit.classList.add("lit");
    tip.replaceChildren(...ats.map((at) => {
      const [figure, ...rest] = lines(one, at, disagree(at));
      return el("p", {}, el("b", {}, figure), rest.map((line) => el("span", {}, line)));
    }));
    tip.hidden = false;
    const box = target.querySelector(".dot").getBoundingClientRect(), size = tip.getBoundingClientRect();
    const room = document.documentElement.clientWidth - size.width - 8;
    const over = box.top - size.height - 8;
    tip.style.left = `${Math.max(8, Math.min(box.left - size.width / 2, room)) + scrollX}px`;
    tip.style.top = `${(over > 0 ? over : box.bottom + 8) + scrollY}px`;
  }
  function hush() {
    tip.hidden = true;
    lit?.classList.remove("lit");
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hush(); });

  function step(event, points) {
    const now = points.indexOf(document.activeElement);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, ArrowDown: now + 1, ArrowUp: now - 1,
      Home: 0, End: points.length - 1 }[event.key];
    if (to === undefined || !points[to]) return;
    event.preventDefault();
    points[now]?.setAttribute("tabindex", "-1");
    points[to].setAttribute("tabindex", "0");
    points[to].focus();
  }

  /* --- forecasts ------------------------------------------------------------------------------ */

  /* A bar for each year, up where it ended better than foretold. */
  function bars(one) {
    const values = one.years.map((each) => each[4] ?? 0);
    const most = Math.max(...values.map(Math.abs), 0.001), wide = 100 / one.years.length;
    const label = one.years.map((each) => `${each[0]}: ${each[5] || each[3]}`).join("; ");
    return svg("svg", { class: "bars", viewBox: "0 0 100 36", preserveAspectRatio: "none", role: "img", "aria-label": label },
      svg("title", {}, label),
      svg("line", { class: "axis zero", x1: 0, x2: 100, y1: 18, y2: 18 }),
      values.map((value, place) => svg("rect", { class: value < 0 ? "down" : "up",
        x: place * wide + wide * 0.2, width: wide * 0.6, y: value < 0 ? 18 : 18 - (16 * value) / most,
        height: (16 * Math.abs(value)) / most })));
  }

  function aboutForecasts(one) {
    const cite = ([report, page, standing]) => el("span", {}, source(reports[report], page), ` ${MARKS[standing]}`);
    const rows = one.years.map(([year, made, closed, deviation, , share, from, to]) => el("tr", {},
      el("th", { scope: "row" }, String(year)),
      el("td", { class: "number" }, made), el("td", {}, cite(from)),
      el("td", { class: "number" }, closed), el("td", {}, cite(to)),
      el("td", {}, deviation), el("td", { class: "number" }, share)));
    return grid([words.year, words.forecast, words.where, words.outturn, words.where, words.deviation, words.share],
      rows, `${one.body}: ${one.label}`);
  }

  /* --- which view, what search, and print ------------------------------------------------------ */

  const counts = { reports: () => views.reports(), findings: () => views.findings(),
    years: () => views.years(), forecasts: () => views.forecasts() };
  const search = document.getElementById("search");
  let current = "overview", dirty = new Set(Object.keys(counts));

  function show(view) {
    current = view;
    for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== `view-${view}`;
    for (const link of document.querySelectorAll("nav a"))
      if (link.hash === `#${view}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    if (dirty.delete(view)) views[view]().render();
  }

  /* #reports, #report-12, #rule-SUM101 */
  function route() {
    hush();
    if (location.hash === "#main") return;
    const [, report] = location.hash.match(/^#report-(\d+)$/) ?? [];
    const [, rule] = location.hash.match(/^#rule-(\w+)$/) ?? [];
    if (report || rule) seek("");
    if (report) {
      show("reports");
      lists.reports.reveal(Number(report));
    } else if (rule) {
      views.findings().choose("rule", rule);
      dirty.add("findings");
      show("findings");
      document.getElementById("view-findings").focus();
    } else {
      const view = location.hash.slice(1);
      show(view in views ? view : "overview");
    }
  }

  function seek(text) {
    if (search.value !== text) search.value = text;
    const asked = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (asked.join(" ") === sought.join(" ")) return;
    sought = asked;
    for (const [id, view] of Object.entries(counts)) {
      view().reset();
      document.getElementById(`${id}-n`).textContent = NUMBERS.format(view().size());
      dirty.add(id);
    }
    if (dirty.delete(current)) views[current]().render();
  }

  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (current === "overview" && search.value.trim()) location.hash = "#reports";
      seek(search.value);
    }, 150);
  });
  search.form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", route);

  /* On paper all stands open that the search has found. */
  let closed = [];
  addEventListener("beforeprint", () => {
    printing.now = true;
    for (const view of Object.values(views)) view().render();
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    printing.now = false;
    for (const one of closed) one.open = false;
    for (const view of Object.values(views)) view().render();
  });

  route();
})();
