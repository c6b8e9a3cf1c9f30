// The lab's keys: where they hold, and what each does.
export const keys = {
  title: 'Keys of the lab',
  places: [
    {
      place: 'Everywhere',
      keys: [
        ['Ctrl `', 'between the text and the lab'],
        ['Tab', 'task row, sentence, map, row of time, tabs, what is in front'],
        ['Esc', 'from what explains back to the map'],
      ],
    },
    {
      place: 'Map',
      keys: [
        ['← → ↑ ↓', 'from one thing to the next'],
        ['Home End', 'the first, the last'],
        ['Enter', 'opens it'],
      ],
    },
    {
      place: 'Row of time, at the knob',
      keys: [
        ['← →', 'the event before, the next one'],
        ['Shift ← →', 'the command before, the next one'],
        ['Home End', 'the beginning, the present'],
      ],
    },
    {
      place: 'Terminal',
      keys: [
        ['Tab', 'completes'],
        ['↑ ↓', 'what was typed before'],
        ['Ctrl R', 'looks for it'],
        ['Ctrl C', 'ends what runs'],
        ['Ctrl D', 'ends its input'],
        ['Ctrl L', 'clears the screen'],
        ['Ctrl A E K U W', 'as in bash'],
      ],
    },
    {
      place: 'Editor',
      keys: [
        ['Ctrl Space', 'proposes what may stand here'],
        ['F1', 'what this field is'],
        ['Esc, Tab', 'leaves the editor'],
      ],
    },
  ],
} as const satisfies KeyWords

export interface KeyWords {
  readonly title: string
  readonly places: readonly {
    readonly place: string
    /** Keys, and what they do. */
    readonly keys: readonly (readonly [keys: string, does: string])[]
  }[]
}
