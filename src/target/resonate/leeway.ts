/** How long a token works after its `exp`, in seconds (jsonwebtoken 9.3.1, `Validation::new`). */
export const LEEWAY = 60
