// What the wall's script is written in: an engine that cannot read this leaves the mark out.
"use strict";
{
	const mark = async ({name}) => Object.assign({}, {[name]: true});
	mark({name: "can"}).then(({can}) => document.documentElement.classList.toggle("runs-the-wall", can));
}
