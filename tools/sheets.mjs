// `node tools/sheets.mjs`: static/css as the browsers of the last six years read it, into static/built.
// A sheet becomes one with those that it imports. Nesting, light-dark() and ranges of widths are written out; what only
// adds something stays as it is. The wall's sheet is for older engines still: it is written plainly, and served as it is.
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import init, {bundle} from "lightningcss-wasm";

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const targets = {
	chrome: version(100),
	firefox: version(102),
	ios_saf: version(15, 4),
	safari: version(15, 4),
	samsung: version(18),
};
const [SOURCE, BUILT, WALL] = ["static/css/", "static/built/", "wall.css"];

await init();
mkdirSync(BUILT, {recursive: true});
const resolver = {read: (path) => readFileSync(path, "utf8")};
for (const filename of readdirSync(SOURCE)) {
	if (filename === WALL || !filename.endsWith(".css")) continue;
	const {code, warnings} = bundle({filename: SOURCE + filename, resolver, targets, minify: true});
	if (warnings.length) throw new Error(`${filename}: ${warnings.map((warning) => warning.message).join(", ")}`);
	writeFileSync(BUILT + filename, code);
}
