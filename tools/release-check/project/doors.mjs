// Imports every door that is named; prints what each gives.
const given = {};
for (const door of process.argv.slice(2))
  given[door] = Object.keys(await import(door))
    .filter((name) => name !== 'default' && name !== 'module.exports')
    .sort();
console.log(JSON.stringify(given));
