// A picture that is chosen, dropped or pasted is read by scripts that are fetched only then.
"use strict";
{
	const box = document.querySelector(".picture");
	const take = async (event, {files}) => {
		const file = [...files].find(({type}) => type.startsWith("image/"));
		if (!file) return;
		event.preventDefault();
		(await import(box.dataset.form)).show(box, file);
	};
	if (box) {
		box.addEventListener("change", (event) => take(event, event.target));
		addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
		addEventListener("drop", (event) => take(event, event.dataTransfer));
		addEventListener("paste", (event) => event.clipboardData.getData("text") || take(event, event.clipboardData));
	}
}
