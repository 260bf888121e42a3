// Reads a picture of LinkedIn's page: the words with their places, and every number a second time, from near.
// `engine` is Tesseract: {core, api}. Reading what the words mean is the server's business.
"use strict";

const LINE = "7"; // Tesseract's numbers of how a page is made up
const SCATTERED = "11";
const CAPITALS = 24; // the height of letters that is read best
const TOO_LOW = 17;
const TOO_HIGH = 38;
const FEW = 12; // words: a picture with fewer may lie on its side
const LEVEL = 0.012;

function read(engine, canvas, tell) {
	const original = grey(canvas);
	const slope = leaning(original);
	const level = slope ? levelled(original, () => slope) : original;
	const first = seen(engine, scaled(level, factorOf(level)));
	tell(0.4);
	const upright = legible(first).length < FEW ? upturned(engine, first) : first;
	const plainer = madePlainer(upright, slope !== 0);
	const page = plainer ? better(upright, seen(engine, plainer), 0.9) : upright;
	tell(0.7);
	return {words: wordsOf(page.lines), closer: fromNear(engine, page)};
}

// So that the smallest letters of a whole page, on a screen or a phone, are high enough.
function factorOf({width, height}) {
	return height > 1.5 * width ? 840 / width : Math.min(3, 2560 / Math.max(width, 0.75 * height));
}

function seen(engine, picture) {
	return {picture, lines: look(engine, picture, SCATTERED)};
}

// On one side or the other, whichever shows more; else upside down.
function upturned(engine, page) {
	const right = turned(page.picture);
	const upsideDown = turned(right);
	const sideways = better(seen(engine, right), seen(engine, turned(upsideDown)));
	const best = better(page, sideways);
	return legible(best).length < FEW ? better(best, seen(engine, upsideDown)) : best;
}

// The other where clearly more can be read in it.
function better(page, other, times = 1) {
	return legible(other).length > times * legible(page).length ? other : page;
}

// Level, in even light and with letters as high as is read best; nothing where it is all that.
function madePlainer(page, isPhotograph) {
	const {width, height} = page.picture;
	const fall = fallOf(page);
	const steepest = Math.abs(fall[0]) + (Math.abs(fall[1]) * width + Math.abs(fall[2]) * height) / 2;
	const capitals = middling(legible(page).map(({y0, y1}) => y1 - y0));
	const tilted = isPhotograph || steepest > LEVEL;
	if (!tilted && capitals >= TOO_LOW && capitals <= TOO_HIGH) return null;
	const factor = capitals ? Math.min(2, CAPITALS / (tilted ? Math.min(capitals, TOO_LOW) : capitals)) : 1;
	const larger = scaled(page.picture, factor);
	if (!tilted) return larger;
	const slope = (x, y) => fall[0] + fall[1] * (x / factor - width / 2) + fall[2] * (y / factor - height / 2);
	return lit(levelled(larger, slope));
}

// How lines fall: in the middle of the picture, and by how much more for each dot to the right and down.
function fallOf({lines, picture}) {
	let samples = lines
		.filter(({x0, x1, y0, y1, fall, words}) => {
			return x1 - x0 > Math.max(60, 1.5 * (y1 - y0)) && Math.abs(fall) < 0.25 && words.some(({sure}) => sure > 60);
		})
		.map(({x0, x1, y0, y1, fall}) => ({
			at: [1, (x0 + x1 - picture.width) / 2, (y0 + y1 - picture.height) / 2],
			fall,
			weight: x1 - x0,
		}));
	let plane = [0, 0, 0];
	for (let round = 0; round < 3 && samples.length > 5; round++) {
		plane = fitted(samples);
		const far = ({at, fall}) => Math.abs(fall - plane.reduce((sum, part, place) => sum + part * at[place], 0));
		const limit = Math.max(0.01, 2.5 * middling(samples.map(far)));
		samples = samples.filter((sample) => far(sample) <= limit);
	}
	return plane;
}

// The plane through samples, by least squares.
function fitted(samples) {
	const rows = [0, 1, 2].map((row) => [
		...[0, 1, 2].map((column) => summed(samples, ({at, weight}) => weight * at[row] * at[column])),
		summed(samples, ({at, fall, weight}) => weight * at[row] * fall),
	]);
	for (const [pivot, row] of rows.entries()) {
		const by = row[pivot] || 1;
		for (let column = 0; column < 4; column++) row[column] /= by;
		for (const other of rows) {
			if (other === row) continue;
			const times = other[pivot];
			for (let column = 0; column < 4; column++) other[column] -= times * row[column];
		}
	}
	return rows.map((row) => row[3]);
}

// Each line with a digit once more, in another size; and what stands above "out of 100", where the score is.
function fromNear(engine, {picture, lines}) {
	const closer = [];
	for (const {x0, y0, x1, y1, words} of lines) {
		if (!words.some(({text}) => /\d/.test(text))) continue;
		const tall = y1 - y0;
		const around = {x0: x0 - 0.4 * tall, y0: y0 - 0.3 * tall, x1: x1 + 0.4 * tall, y1: y1 + 0.3 * tall};
		closer.push(...near(engine, picture, around, tall));
		const hundred = words.find(({text}) => /^1[0Oo]{2}$/.test(text));
		if (!hundred) continue;
		const low = hundred.y1 - hundred.y0;
		const middle = (x0 + x1) / 2;
		const above = {x0: middle - 2.8 * low, y0: y0 - 4.9 * low, x1: middle + 2.8 * low, y1: y0 - 0.2 * low};
		closer.push(...near(engine, picture, above, 3.2 * low, "0123456789"));
	}
	return closer;
}

function near(engine, picture, around, tall, letters) {
	const part = cut(picture, around);
	if (part.width < 8 || part.height < 8) return [];
	const factor = 34 / tall;
	return wordsOf(look(engine, scaled(part, factor), LINE, letters)).map(({x0, y0, x1, y1, ...word}) => ({
		x0: part.left + x0 / factor,
		y0: part.top + y0 / factor,
		x1: part.left + x1 / factor,
		y1: part.top + y1 / factor,
		...word,
	}));
}

// The lines that Tesseract finds, each with its box, its fall and its words; only of these letters, if any are named.
function look({core, api}, {width, height, data}, mode, letters = "") {
	const head = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
	const file = new Uint8Array(head.length + data.length);
	file.set(head);
	file.set(data, head.length);
	core.FS.writeFile("/input", file);
	api.SetVariable("tessedit_pageseg_mode", mode);
	api.SetVariable("tessedit_char_whitelist", letters);
	if (api.SetImageFile(1, 0)) return [];
	api.Recognize(null);
	const blocks = JSON.parse(api.GetJSONText(0)).blocks ?? [];
	return blocks.flatMap(({paragraphs}) => paragraphs.flatMap(({lines}) => lines.map(asLine)));
}

function asLine({baseline, bbox, words}) {
	const {x0, y0, x1, y1} = baseline;
	const seenWords = words.map(({bbox, text, confidence}) => ({
		...bbox,
		text: text.trim(),
		sure: Math.round(confidence),
	}));
	return {...bbox, fall: x1 > x0 ? (y1 - y0) / (x1 - x0) : 0, words: seenWords.filter(({text}) => text)};
}

function wordsOf(lines) {
	return lines.flatMap(({words}) => words);
}

function legible({lines}) {
	return wordsOf(lines).filter(({text, sure}) => sure > 80 && /\w{3}/.test(text));
}

function middling(values) {
	return values.sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

function summed(items, value) {
	return items.reduce((sum, item) => sum + value(item), 0);
}
