package dev.plumbline.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help whose descriptions break at spaces only: picocli also breaks behind a full stop, inside of a path. */
final class WholeWordsHelp extends Help {
    WholeWordsHelp(CommandSpec spec, ColorScheme scheme) {
        super(spec, scheme);
    }

    @Override
    public Layout createDefaultLayout(
            List<OptionSpec> options, List<PositionalParamSpec> parameters, ColorScheme scheme) {
        Layout usual = super.createDefaultLayout(options, parameters, scheme);
        return new Layout(
                scheme,
                new Rows(scheme, usual.textTable().columns()),
                usual.optionRenderer(),
                usual.parameterRenderer());
    }

    /** Makes it; a class and no lambda for the archive of classes, as the reader of file names. */
    static final class Factory implements CommandLine.IHelpFactory {
        @Override
        public Help create(CommandSpec spec, ColorScheme scheme) {
            return new WholeWordsHelp(spec, scheme);
        }
    }

    /** A table whose last column breaks at spaces only. */
    private static final class Rows extends TextTable {
        Rows(ColorScheme scheme, Column... columns) {
            super(scheme, columns);
        }

        @Override
        public void addRowValues(Text... values) {
            int last = columns().length - 1;
            if (values.length <= last || values[last] == null) {
                super.addRowValues(values);
                return;
            }
            Text[] row = values.clone();
            for (Text line : lines(values[last], columns()[last].width - columns()[last].indent)) {
                row[last] = line;
                super.addRowValues(row);
                row = new Text[last + 1];
                Arrays.fill(row, 0, last, values[last].substring(0, 0));
            }
        }

        private static List<Text> lines(Text text, int width) {
            String plain = text.plainString();
            List<Text> lines = new ArrayList<>();
            int begin = 0;
            while (plain.length() - begin > width) {
                int space = plain.lastIndexOf(' ', begin + width);
                int end = space > begin ? space : begin + width;
                lines.add(text.substring(begin, end));
                begin = space > begin ? space + 1 : end;
            }
            lines.add(text.substring(begin));
            return lines;
        }
    }
}
