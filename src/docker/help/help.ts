// The part of help that is code: `docker COMMAND --help` is made from a command's flags and the texts of help-texts.ts.

export interface HelpTexts {
  /** Of `''` (docker itself), a group (`image`) or a command (`image ls`), as wide as the terminal. */
  text(name: string, config: string, columns: number): string
}
