// What a mail says in HTML or CSS that a mail program does not know, by the tables of caniemail.com as two judges read them.
// Reads {name: html} and writes [[name, judge, what is wrong], …], each kind of fault once a mail.
import {readFileSync} from "node:fs";
import {caniemail, formatIssue} from "caniemail";
import {doIUseEmail} from "doiuse-email";

const CLIENTS = ["gmail.*", "outlook.*", "apple-mail.*", "samsung-email.*"];

function byCanIEmail(html) {
	const {issues} = caniemail({clients: CLIENTS, html});
	return [...issues.errors].flatMap(([client, faults]) =>
		faults.map((issue) => formatIssue({client, issue, issueType: "error"}).message),
	);
}

const byDoIUse = (html) => doIUseEmail(html, {emailClients: CLIENTS}).errors ?? [];

const judged = Object.entries(JSON.parse(readFileSync(0, "utf8"))).flatMap(([name, html]) =>
	Object.entries({caniemail: byCanIEmail, "doiuse-email": byDoIUse}).flatMap(([judge, judging]) =>
		[...new Set(judging(html))].map((fault) => [name, judge, fault]),
	),
);
process.stdout.write(JSON.stringify(judged));
