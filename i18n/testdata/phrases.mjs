// Divides each line of its input into phrases, with ¦ between them. {} is a value.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { jaModel, Parser } = await load(process.argv[2]);
const parser = new Parser(jaModel);

async function load(folder) {
  const at = (file) => import(pathToFileURL(`${folder}/module/${file}`));
  const [parser, model] = await Promise.all([at("parser.js"), at("data/models/ja.js")]);
  return { Parser: parser.Parser, jaModel: model.model };
}

// A value is read as a Latin letter: a name, a date, a number.
const value = "X";

// What BudouX divides and a reader does not: a modifier from its word, the halves
// of a verb, a noun from する, なる, いう or こと, and the label of a button or a page.
const modifier = /^[（「]?(もう|この|その|あの|どの)$/;
const half = /^[一-龠][りいしきみちえけれめせじびぎ]$/;
const ending = /^(ください|して|しま|した|し、|する|すれ|すると|され|せず|なり|なる|なっ|なら|いう|こと|方)/;
const label = /「[^「」]{1,16}」/g;
// Words that BudouX divides.
const word = /もう一度|当てはま|間違[いえ]|か所/g;

function divide(line) {
  const text = line.replaceAll("{}", value);
  const phrases = parser.parse(text);
  const breaks = new Set();
  let at = 0;
  for (const phrase of phrases.slice(0, -1)) {
    at += phrase.length;
    const rest = text.slice(at);
    const inVerb = half.test(phrase) && /^[一-龠]/.test(rest);
    const ends = ending.test(rest) && phrase.length < 10; // a longer one may well be divided there
    if (!modifier.test(phrase) && !inVerb && !ends) breaks.add(at);
  }
  for (const m of [...text.matchAll(label), ...text.matchAll(word)]) {
    for (let i = m.index + 1; i < m.index + m[0].length; i++) breaks.delete(i);
  }
  let out = "";
  for (let i = 0, j = 0; i < text.length; i++) {
    if (breaks.has(i)) out += "¦";
    if (line.startsWith("{}", j)) {
      out += "{}";
      j += 2;
    } else {
      out += line[j++];
    }
  }
  return out;
}

const lines = readFileSync(0, "utf8").split("\n").filter((l) => l !== "");
process.stdout.write(lines.map((l) => divide(l) + "\n").join(""));
