// `node tools/biome.mjs [--write]`: the scripts and style sheets in biome.jsonc's form, or which of them are not, and
// what is wrong in them. As WebAssembly, Biome is the same on every machine.
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {Biome} from "@biomejs/js-api/nodejs";

const FOLDERS = ["static/css", "static/js", "templates", "tests", "tools"];
const writes = process.argv.includes("--write");

const biome = new Biome();
const {projectKey} = biome.openProject(process.cwd());
const settings = readFileSync("biome.jsonc", "utf8").replace(/^\s*\/\/.*$/gm, "");
biome.applyConfiguration(projectKey, JSON.parse(settings));

function* files() {
	for (const folder of FOLDERS)
		for (const name of readdirSync(folder, {recursive: true}))
			if (/\.(css|js|mjs)$/.test(name)) yield `${folder}/${name}`;
}

/** What is wrong in a file, a sentence each; with --write the file gets its form. */
function faults(filePath) {
	const source = readFileSync(filePath, "utf8");
	const {content, diagnostics} = biome.formatContent(projectKey, source, {filePath});
	const said = [...diagnostics, ...biome.lintContent(projectKey, content, {filePath}).diagnostics];
	if (writes && content !== source) writeFileSync(filePath, content);
	const found = said.map(
		({category, location, description}) => `${line(content, location.span)}: ${category}: ${description}`,
	);
	return writes || content === source ? found : ["is not in its form: `make fmt` gives it", ...found];
}

/** The line on which a span of UTF-8 begins. */
function line(content, [start]) {
	return Buffer.from(content).subarray(0, start).toString().split("\n").length;
}

const found = [...files()].flatMap((file) => faults(file).map((fault) => `${file}:${fault}`));
for (const fault of found) console.error(fault);
process.exit(found.length ? 1 : 0);
