/** The other threads of the executable. */
import { serve } from '../../src/worker.ts'

serve()
