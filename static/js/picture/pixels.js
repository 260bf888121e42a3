// Pictures as grey bytes, {width, height, data}, and what makes letters in them plainer. The arithmetic is our own, so
// that every browser hands the same bytes to the reader.
"use strict";

const PAPER = 235;
const AROUND = 36;

// Dark letters on a light ground, from the bytes of a canvas. The middle says which it is: around it may be a dark room.
function grey({width, height, data}) {
	const bytes = new Uint8ClampedArray(width * height);
	for (let at = 0; at < bytes.length; at++)
		bytes[at] = 0.3 * data[4 * at] + 0.59 * data[4 * at + 1] + 0.11 * data[4 * at + 2];
	const picture = {width, height, data: bytes};
	const middle = cut(picture, {x0: 0.25 * width, y0: 0.25 * height, x1: 0.75 * width, y1: 0.75 * height}).data;
	const isDark = middle.reduce((sum, value) => sum + value, 0) < 110 * middle.length;
	return isDark ? {width, height, data: bytes.map((value) => 255 - value)} : picture;
}

// How all lines fall: the slope along which the edges of letters and bars gather most. 0 for what is nearly level.
function leaning(picture) {
	const {width, height, data} = scaled(picture, Math.min(1, 640 / Math.max(picture.width, picture.height)));
	const gathered = (slope) => {
		const rows = new Float64Array(3 * (width + height));
		for (let y = 1; y < height; y++)
			for (let x = 0; x < width; x++) {
				const at = y * width + x;
				rows[Math.round(y - x * slope) + width + height] += Math.abs(data[at] - data[at - width]);
			}
		return rows.reduce((sum, row) => sum + row * row, 0);
	};
	let [best, most] = [0, gathered(0)];
	for (let step = -24; step <= 24; step++) {
		const sum = gathered(step / 100);
		if (sum > most) [best, most] = [step / 100, sum];
	}
	return Math.abs(best) < 0.015 ? 0 : best;
}

// Larger or smaller: each new dot is made of those that it covers, and at least of its two neighbours.
function scaled({width, height, data}, factor) {
	const across = shares(width, factor);
	const down = shares(height, factor);
	const narrow = new Float32Array(across.length * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < across.length; x++) {
			const {first, of} = across[x];
			let sum = 0;
			for (let at = 0; at < of.length; at++) sum += of[at] * data[y * width + first + at];
			narrow[y * across.length + x] = sum;
		}
	const bytes = new Uint8ClampedArray(across.length * down.length);
	for (let y = 0; y < down.length; y++) {
		const {first, of} = down[y];
		for (let x = 0; x < across.length; x++) {
			let sum = 0;
			for (let at = 0; at < of.length; at++) sum += of[at] * narrow[(first + at) * across.length + x];
			bytes[y * across.length + x] = sum;
		}
	}
	return {width: across.length, height: down.length, data: bytes};
}

// For each new dot of a row the first old one that it is made of, and how much it has of this and the following.
function shares(length, factor) {
	const count = Math.max(1, Math.round(length * factor));
	const step = length / count;
	const reach = Math.max(1, step);
	return Array.from({length: count}, (_, place) => {
		const middle = (place + 0.5) * step - 0.5;
		const first = Math.max(0, Math.ceil(middle - reach));
		const last = Math.min(length - 1, Math.floor(middle + reach));
		const near = Array.from({length: last - first + 1}, (_, at) => 1.0001 - Math.abs(first + at - middle) / reach);
		const sum = near.reduce((one, other) => one + other);
		return {first, of: near.map((value) => value / sum)};
	});
}

// A quarter to the right.
function turned({width, height, data}) {
	const bytes = new Uint8ClampedArray(data.length);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) bytes[x * height + height - 1 - y] = data[y * width + x];
	return {width: height, height: width, data: bytes};
}

// Level where lines fell by slope(x, y) dots for each dot to the right: walks along the fallen line.
function levelled({width, height, data}, slope) {
	const bytes = new Uint8ClampedArray(data.length).fill(255);
	const middle = width >> 1;
	for (let row = 0; row < height; row++)
		for (const step of [1, -1])
			for (let x = middle, y = row; x >= 0 && x < width; x += step) {
				const above = Math.floor(y);
				if (above >= 0 && above < height - 1) {
					const at = above * width + x;
					bytes[row * width + x] = data[at] + (data[at + width] - data[at]) * (y - above);
				}
				y += step * slope(x, y);
			}
	return {width, height, data: bytes};
}

// As if the same light fell on all of it, with letters twice as dark.
function lit(picture) {
	const {width, height, data} = picture;
	const light = lightOf(picture);
	const bytes = new Uint8ClampedArray(data.length);
	for (let y = 0; y < height; y++) {
		const row = Math.min(light.height - 1, y) * light.width;
		for (let x = 0; x < width; x++) {
			const at = y * width + x;
			bytes[at] = PAPER - 2 * (PAPER - (PAPER * data[at]) / light.data[row + Math.min(light.width - 1, x)]);
		}
	}
	return {width, height, data: bytes};
}

// How bright the paper is around each dot; what is no paper, like the dark of a room, is taken for dim paper.
function lightOf(picture) {
	const {width, height, data} = scaled(picture, 1 / AROUND);
	const dimmest = 0.35 * data.slice().sort()[Math.floor(data.length * 0.8)];
	const most = data.map((_, at) => {
		const [column, row] = [at % width, Math.floor(at / width)];
		let brightest = dimmest;
		for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++)
			for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++)
				brightest = Math.max(brightest, data[y * width + x]);
		return brightest;
	});
	return scaled({width, height, data: most}, AROUND);
}

// A part of it, with where the part begins.
function cut({width, height, data}, {x0, y0, x1, y1}) {
	const [left, top] = [Math.max(0, Math.floor(x0)), Math.max(0, Math.floor(y0))];
	const [right, bottom] = [Math.min(width, Math.ceil(x1)), Math.min(height, Math.ceil(y1))];
	const part = {left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top)};
	const bytes = new Uint8ClampedArray(part.width * part.height);
	for (let y = 0; y < part.height; y++) {
		const from = (top + y) * width + left;
		bytes.set(data.subarray(from, from + part.width), y * part.width);
	}
	return {...part, data: bytes};
}
