// Reads pictures apart from the page, so that it stays alive. Only this script's answer may run WebAssembly.
"use strict";

const UNPACKED = 8_060_000; // bytes of both files, for the progress
let engine;

addEventListener("message", async ({data: {files, picture}}) => {
	const tell = (progress) => postMessage({progress});
	try {
		engine ??= started(files, (share) => tell(0.5 * share));
		const ready = await engine;
		postMessage({seen: read(ready, picture, (share) => tell(0.5 + 0.5 * share))});
	} catch (fault) {
		engine = undefined;
		postMessage({fault: String(fault)});
	}
});

async function started({scripts, core, letters}, tell) {
	importScripts(...scripts);
	let bytes = 0;
	const count = (more) => {
		bytes += more;
		tell(Math.min(1, bytes / UNPACKED));
	};
	const store = self.caches && (await caches.open("reader"));
	await forgetOthers(store, [core, letters]);
	const [wasmBinary, traineddata] = await Promise.all([core, letters].map((file) => fetched(store, file, count)));
	const module = await TesseractCore({wasmBinary, print() {}, printErr() {}});
	module.FS.writeFile("eng.traineddata", traineddata);
	const api = new module.TessBaseAPI();
	if (api.Init(null, "eng", 1)) throw Error("init");
	api.SetVariable("invert_threshold", "0"); // the letters are dark already: looking for light ones takes as long again
	api.SetVariable("user_defined_dpi", "150");
	return {core: module, api};
}

// Those of an earlier version.
async function forgetOthers(store, files) {
	for (const request of (await store?.keys()) ?? [])
		if (!files.includes(new URL(request.url).pathname)) await store.delete(request);
}

async function fetched(store, file, count) {
	let answer = await store?.match(file);
	if (!answer) {
		answer = await fetch(file);
		if (!answer.ok) throw Error(file);
		await store?.put(file, answer.clone());
	}
	const parts = [];
	const stream = answer.body.getReader();
	for (let {done, value} = await stream.read(); !done; {done, value} = await stream.read()) {
		parts.push(value);
		count(value.length);
	}
	return new Uint8Array(await new Blob(parts).arrayBuffer());
}
