// npm run palier -- COMMAND: the command line of an installation. Commands come with the features they serve.
console.error('Usage: npm run palier -- COMMAND\n\nAucune commande dans cette version. (No command in this version.)');
process.exit(2);
