// Names for containers that get none: an adjective and somebody who did something for science or computing.
import type { Daemon } from '../daemon/daemon.ts'

const adjectives =
  'admiring agitated amazing blissful bold brave busy calm charming clever compassionate confident cool cranky dazzling determined eager elated elegant epic exciting fervent festive focused friendly frosty funny gallant gifted goofy gracious happy hardcore hopeful hungry inspiring jolly jovial keen kind laughing loving lucid magical modest musing nervous nice nostalgic objective optimistic peaceful pensive practical priceless quirky quizzical recursing relaxed reverent romantic serene sharp silly sleepy stoic strange sweet tender thirsty trusting unruffled upbeat vibrant vigilant vigorous wizardly wonderful youthful zealous zen'.split(
    ' ',
  )
const surnames =
  'agnesi albattani archimedes ardinghelli babbage banach bardeen bartik bassi bell benz bhabha bohr borg bose boyd brown cannon carson cerf chandrasekhar chaplygin clarke cohen colden cori cray curie darwin davinci dijkstra driscoll easley edison einstein elion engelbart euclid euler fermat fermi feynman franklin galileo gates goldberg goldstine goodall gould hamilton hawking heisenberg hellman hermann heyrovsky hodgkin hoover hopper hypatia jang jemison johnson joliot jones kalam kapitsa kare keller kepler khayyam khorana kilby kirch knuth kowalevski lalande lamarr lamport leakey leavitt lewin lovelace lumiere mahavira matsumoto mayer mccarthy mcclintock mclean meitner mendel mendeleev merkle mestorf mirzakhani morse murdock napier nash neumann newton nightingale nobel noether noyce panini pare pascal pasteur payne perlman pike poincare poitras ptolemy raman ramanujan rhodes ride ritchie roentgen rosalind saha sammet sanderson shannon shaw shockley sinoussi snyder spence stonebraker swanson swartz swirles tesla thompson torvalds turing varahamihira vaughan visvesvaraya volhard wescoff wilbur wiles williams williamson wing wozniak wright wu yalow yonath zhukovsky'.split(
    ' ',
  )

export function newName(daemon: Daemon): string {
  for (;;) {
    const name = `${daemon.random.pick(adjectives)}_${daemon.random.pick(surnames)}`
    if (name !== 'boring_wozniak' && !daemon.findContainer(name)) return name
  }
}
