import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@app/accounts';
import { Orient } from '@app/front-desk';
import { readDemoFiles } from '../../apps/api/src/demo/files';
import { PlannedSpace } from '../support/planned-space';

/** The motifs of the demonstration, asked for as people ask. */
describe('needs are found in the words people say', () => {
  let space: PlannedSpace;
  let desk: Viewer;
  let orient: Orient;
  const keys = new Map<string, string>();
  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    desk = space.viewer('desk');
    orient = new Orient(space.db, space.slots);
    for (const { name, shortName, description, confidential, motifs } of (await readDemoFiles()).partners) {
      const partner = await space.partner(name, { confidential });
      await space.owner.query('update partner set short_name = $2, description = $3 where id = $1', [
        partner,
        shortName,
        description,
      ]);
      for (const { key, label, discreetLabel, synonyms, urgent } of motifs) {
        keys.set(
          await space.motif(partner, label, { discreet_label: discreetLabel, synonyms, urgent, position: keys.size }),
          key,
        );
      }
    }
  });
  afterAll(() => space?.close());

  const found = async (q: string): Promise<(string | undefined)[]> =>
    (await orient.found(desk, q, 8)).map(({ motifId }) => keys.get(motifId));

  it.each([
    ['violance', 'urgence'],
    ['vilence', 'urgence'],
    ['violense', 'urgence'],
    ['expultion', 'urgence'],
    ['exulsion', 'urgence'],
    ['huisier', 'urgence'],
    ['hébergment', 'urgence'],
    ['frapée', 'urgence'],
    ['courier', 'papiers'],
    ['préfectur', 'papiers'],
    ['avocta', 'papiers'],
    ['plainet', 'parquet'],
    ['polise', 'parquet'],
    ['facure', 'evaluation'],
    ['chômaje', 'aef'],
    ['retrate', 'clic'],
    ['crche', 'enfance-info'],
  ])('a slip of a letter: "%s" finds %s', async (q, key) => {
    expect((await found(q))[0]).toBe(key);
  });

  it.each([
    'faim',
    'manger',
    'colis alimentaire',
    'sdf',
    'à la rue',
    'dehors',
    'dormir ce soir',
    'où dormir',
    'frappée',
    'battue',
    'coups',
    'mise à la porte',
    'violence',
    'enfant en danger',
    'maltraitance',
  ])('"%s" is urgent', async (q) => {
    expect((await found(q))[0]).toBe('urgence');
  });

  it('a short word is not a longer one that begins alike', async () => {
    expect(await found('coups')).toEqual(['urgence', 'parquet']);
    expect(await found('faim')).toEqual(['urgence']);
    expect(await found('coupure')).toEqual(['energie']);
  });

  it.each([
    ['logement', ['accueil', 'evaluation']],
    ['dettes', ['evaluation']],
    ['travail', ['aef', 'cramif']],
    ['crèche', ['enfance-info', 'enfance-accueil']],
    ['nounou', ['enfance-accueil']],
    ['impôts', ['en-ligne']],
    ['imprimer', ['en-ligne']],
    ['retraite', ['clic']],
    ['familles', ['clic']],
    ['edf', ['energie']],
    ['gaz', ['energie']],
    ['électricité', ['energie']],
    ['courrier', ['papiers']],
    ['rsa', ['accueil']],
    ['avocat', ['papiers']],
    ['préfecture', ['papiers']],
    ['police', ['parquet']],
    ['vol', ['parquet']],
    ['voisin', ['parquet']],
    ['stage', ['jeune']],
    ['formation', ['jeune', 'atelier-cv']],
    ['maladie', ['cramif']],
    ['caf', ['en-ligne']],
    ['ordinateur', ['en-ligne']],
    ['apa', ['clic']],
    ['datte', []],
    ['mariage', []],
    ['piscine', []],
    ['passeport', []],
    ['sport', []],
    ['chien', []],
    ['dentiste', []],
    ['cantine', []],
  ])('"%s" finds what it names and nothing else', async (q, keysFound) => {
    expect(await found(q)).toEqual(keysFound);
  });
});
