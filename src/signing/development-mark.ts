/** Organisation of every certificate that is made here. Whoever reads one sees what it is worth. */
export const DEVELOPMENT = "Development certificate, no legal effect 开发用证书，无法律效力";
