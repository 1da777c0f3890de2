/**
 * Shows the program at work: `npm run demo` what it does, `npm run demo -- recipe` how it mends a recipe that is found on
 * the web. Needs no network and leaves nothing behind.
 */
import { mendRecipe } from './demo-recipe.ts'
import { showTour } from './demo-tour.ts'
import { Stage } from './stage.ts'

const DEMOS = new Map([
  [undefined, showTour],
  ['recipe', mendRecipe],
])

const demo = DEMOS.get(process.argv[2])
const stage = new Stage()
try {
  if (demo === undefined) throw new Error(`there is no demo "${process.argv[2]}", only "recipe"`)
  demo(stage)
} finally {
  stage.clear()
}
