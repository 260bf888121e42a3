// Shows a picture and has it read on this device. What is sent are words and where they stand, never the picture.
const MOST_DOTS = 12_000_000;
const MOST_BYTES = 20_000;
const LONGEST = 2_600; // a photograph has more than the reader needs

let worker;

export async function show(box, file) {
	const canvas = box.querySelector("canvas");
	const form = box.closest("form");
	say(box, "reading", 0);
	try {
		const {data, width, height} = await drawn(canvas, file);
		const seen = await readBy(box, {data, width, height});
		await sent(form, seen);
		say(box, "done");
	} catch {
		worker?.terminate();
		worker = undefined;
		say(box, "failed");
	}
}

function say(box, what, progress) {
	for (const sentence of box.querySelectorAll("[data-when]")) sentence.hidden = sentence.dataset.when !== what;
	const bar = box.querySelector("progress");
	bar.hidden = what !== "reading";
	bar.value = progress ?? 0;
}

async function drawn(canvas, file) {
	const bitmap = await createImageBitmap(file);
	const {width, height} = bitmap;
	const factor = Math.min(
		1,
		Math.max(LONGEST / Math.max(width, height), 1_000 / width),
		Math.sqrt(MOST_DOTS / width / height),
	);
	canvas.width = Math.round(width * factor);
	canvas.height = Math.round(height * factor);
	canvas.hidden = false;
	const paper = canvas.getContext("2d", {willReadFrequently: true});
	paper.imageSmoothingQuality = "high";
	paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	return paper.getImageData(0, 0, canvas.width, canvas.height);
}

function readBy(box, picture) {
	const {worker: script, scripts, core, letters} = box.dataset;
	worker ??= new Worker(script);
	return new Promise((resolve, reject) => {
		worker.onerror = reject;
		worker.onmessage = ({data: {progress, seen, fault}}) => {
			if (seen) resolve(seen);
			else if (fault) reject(fault);
			else say(box, "reading", progress);
		};
		worker.postMessage({files: {scripts: scripts.split(" "), core, letters}, picture}, [picture.data.buffer]);
	});
}

async function sent(form, seen) {
	form.elements.words.value = packed(seen);
	const before = document.querySelector(".typed");
	const how = {source: form, values: {read: 1}, target: ".typed", select: ".typed", swap: "outerHTML show:top"};
	await htmx.ajax("POST", location.pathname, how);
	form.elements.words.value = "";
	if (document.querySelector(".typed") === before) throw Error("unanswered");
	form.parentElement.classList.add("read");
}

// As short as the server takes it: what was seen least clearly is left out.
function packed({words, closer}) {
	const row = ({x0, y0, x1, y1, sure, text}) => [...[x0, y0, x1, y1].map(Math.round), sure, text];
	for (let least = 0; ; least += 5) {
		const clear = (list) => list.filter(({sure}) => sure >= least).map(row);
		const text = JSON.stringify({words: clear(words), closer: clear(closer)});
		if (new Blob([text]).size <= MOST_BYTES) return text;
	}
}
