import { describe, expect, it } from '@jest/globals';
import { parseAddress, parseSectorLines, sayLine, sectorAt, streetKey } from './sector-lines';

const LIST = `commune;rue;côté;numéros;secteur
Chevilly-Larue;rue de Verdun;pairs;2-48;Secteur 2
Chevilly-Larue;rue de Verdun;impairs;1 à 51;Secteur 1
Chevilly-Larue;rue de Verdun;tous;52-;Secteur 3

L’Haÿ-les-Roses;avenue du Général-de-Gaulle;tous;tous;Secteur 4`;

describe('the list of streets', () => {
  it('is read line by line, heading and empty lines passed over', () => {
    const { lines, errors } = parseSectorLines(LIST, '');
    expect(errors).toEqual([]);
    expect(lines.map(({ line, side, first, last, sector }) => [line, side, first, last, sector])).toEqual([
      [2, 'even', 2, 48, 'Secteur 2'],
      [3, 'odd', 1, 51, 'Secteur 1'],
      [4, 'all', 52, 9999, 'Secteur 3'],
      [6, 'all', 0, 9999, 'Secteur 4'],
    ]);
  });

  it('written back and read again says the same', () => {
    const { lines } = parseSectorLines(LIST, '');
    const again = parseSectorLines(lines.map(sayLine).join('\n'), '');
    expect(again.lines.map(({ line: _, ...one }) => one)).toEqual(lines.map(({ line: _, ...one }) => one));
  });

  it('needs no commune where it is given once for all', () => {
    const { lines } = parseSectorLines('rue de Verdun;pairs;2-48;Secteur 2', 'Chevilly-Larue');
    expect(lines).toMatchObject([{ commune: 'Chevilly-Larue', street: 'rue de Verdun', sector: 'Secteur 2' }]);
  });

  it.each([
    ['rue de Verdun;pairs', 'fields'],
    ['rue de Verdun;pairs;2-48;Secteur 2', 'commune'],
    ['Chevilly;rue de Verdun;gauche;2-48;Secteur 2', 'side'],
    ['Chevilly;rue de Verdun;pairs;48-2;Secteur 2', 'numbers'],
    ['Chevilly;rue de Verdun;pairs;deux;Secteur 2', 'numbers'],
  ])('refuses "%s": %s', (line, why) => {
    expect(parseSectorLines(line, '').errors).toEqual([{ line: 1, why }]);
  });

  it('a house cannot be in two sectors', () => {
    const lines = ['pairs;2-48;A', 'tous;40-60;B', 'impairs;1-39;C'].map((end) => `Chevilly;r. de Verdun;${end}`);
    expect(parseSectorLines(lines.join('\n'), '').errors).toEqual([{ line: 2, why: 'overlap' }]);
  });
});

it.each([
  ['Av. du Gal de Gaulle', 'avenue du Général-de-Gaulle'],
  ['r de Verdun', 'Rue de Verdun'],
  ['bd Ste-Anne', 'Boulevard Sainte Anne'],
])('"%s" and "%s" are one street', (one, other) => {
  expect(streetKey(one)).toBe(streetKey(other));
});

describe('an address', () => {
  const communes = ['chevilly larue', 'hay roses'];
  it.each([
    ['Chevilly-Larue, rue de Verdun, 12', 'chevilly larue', 'rue verdun', 12],
    ['12 rue de Verdun, 94550 Chevilly-Larue', 'chevilly larue', 'rue verdun', 12],
    ['Chevilly-Larue 12 rue de Verdun', 'chevilly larue', 'rue verdun', 12],
    ['7 bis, avenue du Général de Gaulle, L’Haÿ-les-Roses', 'hay roses', 'avenue general gaulle', 7],
    ['rue de Verdun', null, 'rue verdun', null],
    ['14 rue du 8 mai 1945, Chevilly-Larue', 'chevilly larue', 'rue 8 mai 1945', 14],
    ['rue du 8 mai 1945', null, 'rue 8 mai 1945', null],
  ])('"%s" is read', (text, communeKey, key, number) => {
    expect(parseAddress(text, communes)).toEqual({ communeKey, streetKey: key, number });
  });

  it('leads to the sector of its side of the street', () => {
    const lines = parseSectorLines(LIST, '')
      .lines.slice(0, 3)
      .map((line) => ({ ...line, sectorId: line.sector }));
    expect([12, 13, 50, 53, 60].map((number) => sectorAt(lines, number))).toEqual([
      'Secteur 2',
      'Secteur 1',
      null,
      'Secteur 3',
      'Secteur 3',
    ]);
  });

  it('without a number leads to a sector only when the whole street is of one', () => {
    const lines = parseSectorLines(LIST, '').lines.map((line) => ({ ...line, sectorId: line.sector }));
    expect(sectorAt(lines.slice(0, 3), null)).toBeNull();
    expect(sectorAt(lines.slice(3), null)).toBe('Secteur 4');
  });
});
