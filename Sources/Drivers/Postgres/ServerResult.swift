/// One result as libpq hands it out.
enum ServerResult {
  case rows(Rows)
  case failed(PostgresError)
  /// The statement wasn't run, since one before it in the pipeline failed.
  case skipped
  /// The end of the pipeline.
  case sync
  /// COPY and its like, which this driver doesn't speak.
  case unsupported
}
