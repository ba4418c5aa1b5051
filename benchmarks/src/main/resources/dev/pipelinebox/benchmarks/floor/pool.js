// Measures a workerpool of two workers: a line on standard input says how many tasks, a line of JSON answers.
let workerpool;
try {
  workerpool = require('workerpool');
} catch (absent) {
  console.log('absent');
  process.exit(0);
}
const readline = require('readline');

function same(argument) {
  return argument;
}

async function oneByOne(pool, tasks) {
  const took = [];
  for (let i = 0; i < tasks; i++) {
    const begin = process.hrtime.bigint();
    await pool.exec(same, [i]);
    took.push(Number(process.hrtime.bigint() - begin) / 1e3);
  }
  took.sort((a, b) => a - b);
  const at = (share) => took[Math.floor(took.length * share)];
  return {p50: at(0.5), p99: at(0.99), p999: at(0.999)};
}

async function main() {
  const pool = workerpool.pool({minWorkers: 2, maxWorkers: 2});
  console.log('ready');
  for await (const line of readline.createInterface({input: process.stdin})) {
    console.log(JSON.stringify(await oneByOne(pool, Number(line))));
  }
  await pool.terminate();
}

main();
