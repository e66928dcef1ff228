/** Prints, once everything answers, what the person needs: the address, the accounts, where the data lies. */
export function sayReady({ url, address, dataFolder, database, demonstration, setupCode, seconds }) {
  const elsewhere = database.folder && !database.folder.startsWith(dataFolder) ? ` ; base : ${database.folder}` : '';
  const lines = [
    '',
    `✓ Palier est prêt en ${seconds.toFixed(1)} s · ready`,
    '',
    `  Adresse   ${url}${url === address ? '' : ` (${address})`}`,
    `  Données   ${dataFolder} (${database.said}${elsewhere})`,
  ];
  if (demonstration?.accounts.length > 0) {
    lines.push(
      '',
      `  Comptes de démonstration · demonstration accounts — mot de passe · password : ${demonstration.password}`,
    );
    const width = Math.max(...demonstration.accounts.map(({ login }) => login.length));
    for (const { login, who, role } of demonstration.accounts) {
      lines.push(`    ${login.padEnd(width)}   ${[who, role].filter(Boolean).join(', ')}`);
    }
  }
  if (setupCode) {
    lines.push('', `  Premier espace à créer à cette adresse · first space to create there — code : ${setupCode}`);
  }
  lines.push('', '  Ctrl-C pour arrêter · to stop', '');
  console.log(lines.join('\n'));
}
