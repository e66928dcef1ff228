// Loaded before anything else: whoever started this process may tell it that hours have passed.
const machine = Date.now.bind(Date);
let passed = 0;
Date.now = () => machine() + passed;
process.on('message', (told) => {
  if (typeof told === 'number') passed = told;
});
