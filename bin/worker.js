'use strict'

require('./load.js').serve()
