// a folder with every program of the path but git
def programs = new File(basedir, 'programs')
programs.mkdirs()
System.getenv('PATH').split(File.pathSeparator).collect { new File(it) }.findAll { it.isDirectory() }.each { folder ->
    folder.listFiles().findAll { !it.name.startsWith('git') }.each { program ->
        def link = new File(programs, program.name).toPath()
        if (!java.nio.file.Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            java.nio.file.Files.createSymbolicLink(link, program.toPath())
        }
    }
}
return true
