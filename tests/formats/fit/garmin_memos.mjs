// The texts of FIT files as Garmin's JavaScript SDK reads them: node garmin_memos.mjs FOLDER_OF_THE_SDK FILE...
// Prints a JSON list with the notes of the workout and of each step, a list a file; undefined is null.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// The SDK needs Node 21 for this one function.
Object.groupBy ??= (all, key) =>
    all.reduce((groups, one) => ((groups[key(one)] ??= []).push(one), groups), Object.create(null));

const [sdk, ...files] = process.argv.slice(2);
const { Decoder, Stream } = await import(pathToFileURL(`${sdk}/src/index.js`));

function texts(file) {
    const { messages, errors } = new Decoder(Stream.fromBuffer(readFileSync(file))).read({ decodeMemoGlobs: true });
    if (errors.length) throw errors[0];
    return [messages.workoutMesgs[0].wktDescription, ...messages.workoutStepMesgs.map((step) => step.notes)];
}

console.log(JSON.stringify(files.map(texts), (_, value) => value ?? null));
